// A software bill of materials in CycloneDX's JSON, version 1.5: of exactly the packages that were copied, since `npm sbom`
// leaves out those that another package of this repository has for development.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root The folder of package-lock.json.
 * @param {readonly import('./package-closure.mjs').LockedPackage[]} packages The first is what the others are there for.
 */
export function cyclonedx(root, packages) {
  const components = packages.map((one) => component(root, one));
  const refs = new Map(packages.map((one, i) => [one.path, components[i]['bom-ref']]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: components[0] },
    components: components.slice(1),
    dependencies: packages.map(({ path, needs }) => ({
      ref: refs.get(path),
      dependsOn: [...new Set(needs.map((need) => refs.get(need)))].sort(),
    })),
  };
}

function component(root, { path, name, entry }) {
  const version = entry.version ?? JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).version;
  const [group, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  // Two places may hold the same version, so the place is part of the reference.
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type: 'library',
    'bom-ref': `${purl}#${path}`,
    ...(group === undefined ? {} : { group }),
    name: plain,
    version,
    scope: 'required',
    purl,
    ...hashes(entry.integrity),
    ...licenses(entry.license),
  };
}

/** npm writes the digest of the package's archive as `sha512-<base64>`. */
function hashes(integrity) {
  if (integrity === undefined) return {};
  const [algorithm, digest] = [integrity.slice(0, 6), integrity.slice(7)];
  if (algorithm !== 'sha512') return {};
  return { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] };
}

/** A single identifier, or an expression of several. */
function licenses(license) {
  if (typeof license !== 'string') return {};
  return { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] };
}
