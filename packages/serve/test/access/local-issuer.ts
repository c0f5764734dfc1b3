import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What a token says besides its claims. */
interface TokenOptions {
  readonly audience?: string;
  readonly issuer?: string;
  readonly expires?: string;
}

/** An OpenID Connect issuer on this machine, which describes itself, publishes its keys and signs tokens. */
export async function startIssuer() {
  let key = await newKey('first');
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const told = request.url === '/jwks' ? { keys: [key.jwk] } : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    requests: () => requests,
    rotate: async () => {
      key = await newKey('second');
    },
    sign: (
      claims: Record<string, unknown> = {},
      { audience = 'scores', issuer = url, expires = '1h' }: TokenOptions = {},
    ) =>
      new SignJWT({ sub: 'ada', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.jwk.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(expires)
        .sign(key.privateKey),
    close: () => server.close(),
  };
}

async function newKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
