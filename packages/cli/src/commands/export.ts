import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { encodeBundle, type Bundle } from '@scorecast/core';
import type { FolderFiles } from '@scorecast/onnx';
import type { ModelVersion } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { shownPath } from '../terminal/shown-path.js';
import { findVersion } from '../tracking/find-version.js';
import { bundleOf, PRODUCTION } from '../tracking/production.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { withTracking } from '../tracking/with-tracking.js';

const FORMATS = ['bundle', 'onnx', 'mlflow'] as const;

interface ExportOptions extends TrackingPlace {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `scorecast export`: a registered version as files that other programs use. */
export function addExport(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('export')
      .summary('write a registered version as a bundle, an ONNX model or an MLflow model folder')
      .description(
        'Writes a version of a model, the one in production unless another is named, into a folder of its own, with the ' +
          'SHA-256 of every file in SHA256SUMS.',
      )
      .argument('<model>', 'the model, or the model and an alias: exams@champion')
      .argument('[version]', 'the number of the version'),
  )
    .addOption(new Option('--format <name>', 'what is written').choices(FORMATS).default('bundle'))
    .option('-o, --out <folder>', 'where to, a new or empty folder; else <model>-<version>')
    .action((model: string, version: string | undefined, options: ExportOptions) =>
      exportVersion(model, version, options, surroundings),
    );
  withExamples(
    command,
    'scorecast export exams',
    'scorecast export exams 3 --format onnx -o exams-onnx',
    'scorecast export exams@champion --format mlflow',
  );
}

async function exportVersion(
  model: string,
  number: string | undefined,
  options: ExportOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { directory, terminal } = surroundings;
  const named = number === undefined && !model.includes('@') ? `${model}@${PRODUCTION}` : model;
  const { version, bundle } = await withTracking(options, surroundings, async ({ client }) => {
    const found = await findVersion(client, named, number);
    return { version: found, bundle: await bundleOf(client, found) };
  });
  const files = await filesOf(bundle, version, options.format);
  const folder = path.resolve(directory, options.out ?? `${version.name}-${version.version}`);
  await writeFolder(folder, files);
  const shown = shownPath(folder, directory);
  const count = Object.keys(files).length;
  terminal.message(
    'info',
    `wrote ${version.name} version ${version.version} to ${shown}: ${countOf(count, 'file')} and SHA256SUMS`,
    {
      folder,
      name: version.name,
      version: version.version,
      bundleVersion: bundle.version,
      format: options.format,
    },
  );
}

async function filesOf(bundle: Bundle, version: ModelVersion, format: ExportOptions['format']): Promise<FolderFiles> {
  const text = await encodeBundle(bundle);
  if (format === 'bundle') return { 'bundle.json': text };
  const { encodeOnnx, mlflowModelFolder } = await import('@scorecast/onnx');
  if (format === 'onnx') return { 'model.onnx': encodeOnnx(bundle) };
  return mlflowModelFolder(bundle, {
    ...(version.runId === null ? {} : { runId: version.runId }),
    // The same version gives the same bytes, whenever it is exported.
    modelUuid: sha256(text).slice(0, 32),
    createdAt: version.creationTime ?? 0,
  });
}

/** The checksums are written last: a folder without them is not whole. */
async function writeFolder(folder: string, files: FolderFiles): Promise<void> {
  const { writeFileSafely } = await import('@scorecast/data');
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw cliError('CLI_FOLDER_NOT_EMPTY', { path: folder });
  for (const [name, content] of Object.entries(files)) await writeFileSafely(path.join(folder, name), content);
  const sums = Object.entries(files).map(([name, content]) => `${sha256(content)}  ${name}\n`);
  await writeFileSafely(path.join(folder, 'SHA256SUMS'), sums.join(''));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
