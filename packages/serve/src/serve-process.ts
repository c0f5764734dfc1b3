import type { SignalSource } from './process/keep-serving.js';

/** The part of `process` that the command uses; tests bring their own. */
export interface ServeProcess extends SignalSource {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}
