import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-files.js';
import { listOf, recordOf, textsIn, type HclBlock, type HclModule } from './hcl-module.js';

interface Argument {
  readonly required?: boolean;
  readonly block?: Arguments;
}
type Arguments = Readonly<Record<string, Argument>>;
interface Schema {
  readonly arguments: Arguments;
  readonly attributes: readonly string[];
}
interface ProviderSchemas {
  readonly resources: Readonly<Record<string, Schema>>;
  readonly data: Readonly<Record<string, Schema>>;
}

/** What the providers' resources take and tell; fixtures/README.md says where this comes from. */
const schemas: ProviderSchemas = JSON.parse(readFileSync(join(root, 'fixtures/golden/provider-schemas.json'), 'utf8'));

/** What every resource may have besides its own arguments. */
const META = ['count', 'for_each', 'depends_on', 'lifecycle', 'provider'];

/** What is wrong with the arguments of a module's resources and data sources. */
export function complaintsAboutArguments(module: HclModule): readonly string[] {
  return [
    ...module.resources.flatMap((block) => complaintsAbout(block, schemas.resources[block.type], '')),
    ...module.data.flatMap((block) => complaintsAbout(block, schemas.data[block.type], 'data.')),
  ];
}

function complaintsAbout(
  { type, name, body }: HclBlock,
  schema: Schema | undefined,
  prefix: string,
): readonly string[] {
  const label = `${prefix}${type}.${name}`;
  return schema === undefined ? [`${label}: no provider has this`] : compare(label, '', body, schema.arguments);
}

function compare(
  label: string,
  path: string,
  body: Readonly<Record<string, unknown>>,
  known: Arguments,
): readonly string[] {
  const own = Object.entries(body).filter(([key]) => key !== 'dynamic' && !(path === '' && META.includes(key)));
  const dynamic = Object.entries(recordOf(body['dynamic'])).flatMap(([key, blocks]) =>
    listOf(blocks).flatMap((block) => listOf(recordOf(block)['content']).map((content) => [key, content] as const)),
  );
  const given = [...own, ...dynamic];
  const unknown = given
    .filter(([key]) => known[key] === undefined)
    .map(([key]) => `${label} has no argument ${path}${key}`);
  const inner = given.flatMap(([key, value]) => {
    const block = known[key]?.block;
    const isMap = typeof value !== 'object';
    if (block === undefined || isMap) return [];
    return listOf(value).flatMap((one) => compare(label, `${path}${key}.`, recordOf(one), block));
  });
  const missing = Object.keys(known).filter((key) => known[key].required && !given.some(([name]) => name === key));
  return [...unknown, ...inner, ...missing.map((key) => `${label} lacks ${path}${key}`)];
}

/** References of a module that lead nowhere. */
export function complaintsAboutReferences(module: HclModule): readonly string[] {
  const texts = textsIn([
    module.resources,
    module.data,
    module.outputs,
    module.locals,
    module.modules.map(({ body }) => body),
  ]);
  const references = new Set(
    texts
      .filter((text) => text.includes('${'))
      .flatMap((text) => [
        ...text.matchAll(/(?<![\w."'/-])((?:data\.)?[a-z][a-z0-9_]*)\.([a-z]\w*)((?:\[[^\]]*\])?(?:\.([a-z]\w*))?)/g),
      ])
      .filter(([, first]) => /^(var|local|data\.\w+|module|(aws|azurerm|google)_\w+)$/.test(first))
      .map(([whole, first, name, , attribute]) => JSON.stringify([whole, first, name, attribute ?? null])),
  );
  return [...references].flatMap((reference) => {
    const [whole, first, name, attribute] = JSON.parse(reference);
    const problem = problemWith(module, first, name, attribute);
    return problem === undefined ? [] : [`${whole}: ${problem}`];
  });
}

function problemWith(module: HclModule, first: string, name: string, attribute: string | null): string | undefined {
  const has = (blocks: readonly HclBlock[]) => blocks.some((block) => block.name === name);
  if (first === 'var') return has(module.variables) ? undefined : 'there is no such variable';
  if (first === 'local') return name in module.locals ? undefined : 'there is no such local value';
  if (first === 'module') return has(module.modules) ? undefined : 'there is no such module';
  const isData = first.startsWith('data.');
  const type = first.replace('data.', '');
  const blocks = (isData ? module.data : module.resources).filter((block) => block.type === type);
  if (!has(blocks)) return 'there is no such resource';
  const schema = (isData ? schemas.data : schemas.resources)[type];
  const isThere =
    attribute === null || attribute in schema.arguments || ['id', ...schema.attributes].includes(attribute);
  return isThere ? undefined : `${type} has no attribute ${attribute}`;
}
