import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A small OpenID Connect issuer on this machine: it describes itself, publishes its keys and signs tokens. */
export async function startIssuer() {
  let keys = [await newKey('k1')];
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const body =
      request.url === '/keys' ? { keys: keys.map(({ jwk }) => jwk) } : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    requests: () => requests,
    async rotate() {
      keys = [await newKey('k2')];
    },
    sign: (
      claims: object,
      options: { audience?: string; issuer?: string; subject?: string; expires?: string } = {},
    ) => {
      const [key] = keys;
      const token = new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.jwk.kid })
        .setIssuer(options.issuer ?? url)
        .setAudience(options.audience ?? 'scorecast')
        .setExpirationTime(options.expires ?? '1h');
      return token.setSubject(options.subject ?? 'ada').sign(key.privateKey);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function newKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
