import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '../source-files.js';
import { moduleFolders, parseHcl, readModule, textsIn, type HclModule } from './hcl-module.js';
import { complaintsAboutArguments, complaintsAboutReferences } from './provider-schemas.js';

const modules = moduleFolders.map(readModule);
const isExample = ({ folder }: HclModule) => folder.endsWith('/example');

describe.each(modules.map((module) => [module.folder, module] as const))('%s', (_, module) => {
  it('uses only arguments that its providers have, and all that they require', () => {
    expect(complaintsAboutArguments(module)).toEqual([]);
  });

  it('refers only to what there is', () => {
    expect(complaintsAboutReferences(module)).toEqual([]);
  });

  it('describes every output', () => {
    expect(module.outputs.filter(({ body }) => typeof body['description'] !== 'string')).toEqual([]);
  });

  it('pins its providers to one major version', () => {
    const pins = module.files.flatMap((file) => [
      ...textOf(file).matchAll(/source += "hashicorp\/\w+"\n\s+version = "(.*)"$/gm),
    ]);
    expect(pins.map((match) => match[1])).toEqual([expect.stringMatching(/^~> \d+\.\d+$/)]);
  });

  it('holds no secret', () => {
    const text = module.files.map(textOf).join('\n');
    const stored = [
      'aws_secretsmanager_secret_version',
      'aws_ssm_parameter',
      'aws_iam_access_key',
      'azurerm_key_vault_secret',
    ];
    const types = [...stored, 'google_secret_manager_secret_version', 'google_service_account_key'];
    expect(module.resources.filter(({ type }) => types.includes(type))).toEqual([]);
    expect(text).not.toMatch(/AKIA[0-9A-Z]{16}|-----BEGIN|AIza[\w-]{35}|\bhf_\w{20}|\bgh[ps]_\w{20}/);
    expect(text).not.toMatch(
      /^\s*\w*(password|secret_string|secret_data|access_key|api_key|client_secret|token)\w*\s*=\s*"/m,
    );
  });

  it('is written as OpenTofu writes it', (context) => {
    const [program] = ['tofu', 'terraform'].filter((name) => spawnSync(name, ['version']).status === 0);
    if (program === undefined) context.skip('neither tofu nor terraform is on PATH');
    const { stdout, status } = spawnSync(program, ['fmt', '-check', '-diff', '.'], {
      cwd: join(root, module.folder),
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe.each(modules.filter((module) => !isExample(module)).map((module) => [module.folder, module] as const))(
  'the variables of %s',
  (_, module) => {
    it('are described and typed, and checked but for switches', () => {
      const careless = module.variables.filter(({ body }) => {
        const isChecked = body['validation'] !== undefined || body['type'] === '${bool}';
        return typeof body['description'] !== 'string' || body['type'] === undefined || !isChecked;
      });
      expect(careless.map(({ name }) => name)).toEqual([]);
    });

    it('are all used', () => {
      const used = textsIn([module.resources, module.data, module.outputs, module.locals]).join('\n');
      const unused = module.variables.filter(({ name }) => !new RegExp(`\\bvar\\.${name}\\b`).test(used));
      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  },
);

describe.each(modules.filter(isExample).map((module) => [module.folder, module] as const))('%s', (folder, module) => {
  it('gives its module every variable without a default, and none that it does not have', () => {
    const [{ body }] = module.modules;
    expect(body['source']).toBe('../');
    const variables = readModule(dirname(folder)).variables;
    const given = Object.keys(body).filter((key) => key !== 'source');
    expect(given.filter((key) => !variables.some(({ name }) => name === key))).toEqual([]);
    const needed = variables.filter((variable) => !('default' in variable.body)).map(({ name }) => name);
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
  });

  it('gives values that the variables let pass', () => {
    const [{ body }] = module.modules;
    const patterns = readModule(dirname(folder)).variables.flatMap(({ name, body: variable }) =>
      textsIn(variable['validation']).flatMap((text) =>
        [...text.matchAll(/regex\("((?:[^"\\]|\\.)*)", var\.\w+\)/g)].map((match) => [name, match[1]] as const),
      ),
    );
    const refused = patterns.filter(
      ([name, pattern]) =>
        typeof body[name] === 'string' && !new RegExp(pattern.replaceAll('\\\\', '\\')).test(body[name]),
    );
    expect(refused).toEqual([]);
  });
});

describe('these checks', () => {
  const broken = (text: string): HclModule => {
    const module = modules[0];
    const parsed = parseHcl(text, 'broken.tf');
    const resources = Object.entries(parsed['resource'] ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, bodies]) => ({ type, name, body: Object(bodies)[0] })),
    );
    return { ...module, resources, data: [], outputs: [], locals: {}, variables: [] };
  };

  it('find an argument that does not exist, one that is missing, and one inside a block', () => {
    const module = broken(`resource "aws_lb_target_group" "a" {
      portt = 1
      health_check { pathh = "/" }
    }
    resource "aws_ecs_service" "b" {}`);
    expect(complaintsAboutArguments(module)).toEqual([
      'aws_ecs_service.b lacks name',
      'aws_lb_target_group.a has no argument portt',
      'aws_lb_target_group.a has no argument health_check.pathh',
    ]);
  });

  it('find references to nothing, and to attributes that do not exist', () => {
    const module = broken(
      `resource "aws_ecs_cluster" "a" { name = "\${var.gone}-\${aws_lb.gone.arn}-\${aws_ecs_cluster.a.colour}-\${local.gone}" }`,
    );
    expect(complaintsAboutReferences(module)).toEqual([
      'var.gone: there is no such variable',
      'aws_lb.gone.arn: there is no such resource',
      'aws_ecs_cluster.a.colour: aws_ecs_cluster has no attribute colour',
      'local.gone: there is no such local value',
    ]);
  });

  it('refuse what is no HCL', () => {
    expect(() => parseHcl('resource "a" {', 'broken.tf')).toThrow('broken.tf is no HCL');
  });
});
