import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeOnnx } from '@scorecast/onnx';
import type { OnnxModel } from './onnx-models.js';

/** Writes what fixtures/clients/answers_onnx.py reads. */
export function writeModel(folder: string, { bundle, rows }: OnnxModel): void {
  const columns = bundle.schema.features.map(({ name }) => [name, rows.map((row) => row[name])]);
  writeFileSync(join(folder, 'model.onnx'), encodeOnnx(bundle));
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(Object.fromEntries(columns)));
}
