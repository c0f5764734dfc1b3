import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const TYPES = {
  'style.css': 'text/css; charset=utf-8',
  'form.js': 'text/javascript; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
} as const;

/** The files that pages refer to. */
type AssetName = keyof typeof TYPES;

/** A file beside the pages, in memory. */
interface Asset {
  readonly type: string;
  readonly content: Buffer;
  /** Its address with its version, so that browsers may keep it for good. */
  readonly href: string;
}

/** All assets by name. */
export type Assets = Readonly<Record<AssetName, Asset>>;

/** Reads the assets that come with this package. */
export async function readAssets(): Promise<Assets> {
  const [style, form, favicon] = await Promise.all([
    readAsset('style.css'),
    readAsset('form.js'),
    readAsset('favicon.svg'),
  ]);
  return { 'style.css': style, 'form.js': form, 'favicon.svg': favicon };
}

async function readAsset(name: AssetName): Promise<Asset> {
  const content = await readFile(new URL(`../assets/${name}`, import.meta.url));
  const version = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return { type: TYPES[name], content, href: `/assets/${name}?v=${version}` };
}
