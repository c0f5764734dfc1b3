import { DockerfileParser } from 'dockerfile-ast';
import { textOf } from '../source-files.js';

/** One instruction: `COPY`, and its words. */
export interface Instruction {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** One `FROM` with what follows it. */
interface Stage {
  readonly name: string;
  /** What it starts from, with the defaults of arguments in it. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** A parsed Dockerfile. */
export interface Dockerfile {
  /** The arguments before the first stage, with their defaults. */
  readonly args: Readonly<Record<string, string>>;
  readonly stages: readonly Stage[];
}

/** Parses a Dockerfile of the checkout. */
export function readDockerfile(path: string): Dockerfile {
  const args: Record<string, string> = {};
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const instruction of DockerfileParser.parse(textOf(path)).getInstructions()) {
    const keyword = instruction.getKeyword();
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const stage = stages.at(-1);
    if (keyword === 'FROM') {
      stages.push({ name: words[2] ?? '', from: withDefaults(words[0], args), instructions: [] });
    } else if (stage === undefined) {
      const [name, value = ''] = words.join(' ').split('=');
      args[name] = value;
    } else {
      stage.instructions.push({ keyword, words, text: instruction.getArgumentsContent() ?? '' });
    }
  }
  return { args, stages };
}

/** The instructions that make a stage's image, those of the stages it starts from first. */
export function inherited({ stages }: Dockerfile, name: string): readonly Instruction[] {
  const stage = stages.find((one) => one.name === name);
  if (stage === undefined) return [];
  return [...inherited({ args: {}, stages }, stage.from), ...stage.instructions];
}

/** `${UID}:${UID}` with the values of `ARG`s in it. */
export function withDefaults(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
