import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const USES_PYTHON = /\/track\/test\/(?:clients|artifacts)\/|collect-garbage-s3|\/test\/onnx\.test\.ts$/;

/** Tests that use Python come last: its environments are made while the others run. */
class PythonLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [first, last] = [false, true].map((python) =>
      sorted.filter(({ moduleId }) => USES_PYTHON.test(moduleId) === python),
    );
    return [...first, ...last];
  }
}

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Vitest leaves one core free by default, which would be half of a small machine.
    maxWorkers: '100%',
    sequence: { sequencer: PythonLast },
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
