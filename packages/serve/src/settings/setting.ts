/** One setting of the service: how it is given on the command line and in the environment, and what is read from it. */
export interface Setting<T> {
  /** `body-limit`: `--body-limit` on the command line, `SCORECAST_BODY_LIMIT` in the environment. */
  readonly flag: string;
  /** A single letter for the command line. */
  readonly short?: string;
  /** Another environment variable under which platforms give it, such as `PORT`; the service's own comes first. */
  readonly variable?: string;
  /** What stands for the value in the help: `n`, `file`. A switch, which is on or off, has none. */
  readonly placeholder?: string;
  /** What it is for, without a full stop. */
  readonly help: string;
  /** What it is when nothing is said. */
  readonly otherwise: T;
  /** How the help words that, where the value alone would not say it. */
  readonly otherwiseText?: string;
  /** Whether its value must not be repeated in messages. */
  readonly secret?: boolean;
  /** What the value must be, as a noun: `a whole number from 0 to 65535`. */
  readonly expected: string;
  /** The value that a text stands for; undefined when it stands for none. */
  read(text: string): T | undefined;
}

/** The part of a setting that says which values there are. */
type Values<T> = Pick<Setting<T>, 'expected' | 'read'>;

/** A whole number. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): Values<number> {
  return {
    expected:
      max === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`,
    read(text) {
      const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Values<T> {
  return { expected: words.join(', '), read: (text) => words.find((word) => word === text) };
}

/** Any text. */
export const anyText: Values<string> = { expected: 'a text', read: (text) => text };

/** A switch: `--watch` and `--no-watch`, or `true` and `false` in the environment. */
export const onOrOff: Values<boolean> = {
  expected: 'true or false',
  read(text) {
    if (['true', '1', 'yes', 'on'].includes(text)) return true;
    return ['false', '0', 'no', 'off'].includes(text) ? false : undefined;
  },
};

/** The environment variables of a setting, the first that is not empty counts. */
export function variablesOf({ flag, variable }: Pick<Setting<unknown>, 'flag' | 'variable'>): readonly string[] {
  const own = `SCORECAST_${flag.toUpperCase().replaceAll('-', '_')}`;
  return variable === undefined ? [own] : [own, variable];
}

/** A setting as it is typed: `-p, --port <n>`. */
export function flagText({ flag, short, placeholder }: Setting<unknown>): string {
  const long = placeholder === undefined ? `--${flag}` : `--${flag} <${placeholder}>`;
  return short === undefined ? long : `-${short}, ${long}`;
}

/** What a setting is for, and what it is when nothing is said. */
export function helpText(setting: Setting<unknown>): string {
  const otherwise = defaultOf(setting);
  const [own, other] = variablesOf(setting);
  const sources = other === undefined ? own : `${own} or ${other}`;
  return `${setting.help}; else ${sources}${otherwise === undefined ? '' : `, else ${otherwise}`}`;
}

/** What it is when nothing is said, in words; undefined for a switch, which is off. */
export function defaultOf({ otherwise, otherwiseText }: Setting<unknown>): string | undefined {
  const isPlain = typeof otherwise === 'string' || typeof otherwise === 'number';
  return otherwiseText ?? (isPlain ? String(otherwise) : undefined);
}
