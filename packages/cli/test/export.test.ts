import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadBundle } from '@scorecast/core';
import { encodeOnnx } from '@scorecast/onnx';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

describe('scorecast export', () => {
  it('writes the version in production as a bundle that loads, with its checksum', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stderr } = await cli(folder, 'export', 'exams');
    expect([code, stderr]).toEqual([0, 'wrote exams version 1 to exams-1: 1 file and SHA256SUMS\n']);
    const exported = await readFile(path.join(folder, 'exams-1/bundle.json'), 'utf8');
    expect(exported).toBe(await readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8'));
    const sum = createHash('sha256').update(exported).digest('hex');
    expect(await readFile(path.join(folder, 'exams-1/SHA256SUMS'), 'utf8')).toBe(`${sum}  bundle.json\n`);
  });

  it('writes a version by number or alias as an ONNX model or a model folder, always the same bytes', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const read = (name: string) => readFile(path.join(folder, name));
    expect((await cli(folder, 'export', 'exams', '1', '--format', 'onnx', '-o', 'one')).code).toBe(0);
    const bundle = await loadBundle((await read('scorecast-out/bundle.json')).toString());
    expect(await read('one/model.onnx')).toEqual(Buffer.from(encodeOnnx(bundle)));
    for (const out of ['two', 'three']) {
      expect((await cli(folder, 'export', 'exams@production', '--format', 'mlflow', '-o', out)).code).toBe(0);
    }
    expect(await readdir(path.join(folder, 'two'))).toContain('MLmodel');
    expect(await read('two/SHA256SUMS')).toEqual(await read('three/SHA256SUMS'));
  });

  it('leaves a folder alone in which something is', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stderr } = await cli(folder, 'export', 'exams', '-o', '.');
    expect(code).toBe(2);
    expect(stderr).toContain('expected a new or empty folder');
  });
});
