import { unsigned, variable, type Code, type ValueType, type Variable } from './wasm-code.js';

/** A function of a module. */
export interface WasmFunction {
  readonly name: string;
  readonly code: Code;
  readonly params: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly result: ValueType | undefined;
}

/**
 * Describes a function: its params and locals by name, each with its type, and what it does with them. A function with
 * a result ends in an expression.
 */
export function wasmFunction<P extends Types, L extends Types>(
  name: string,
  params: P,
  locals: L,
  body: (variables: Readonly<Record<keyof P | keyof L, Variable>>) => readonly Code[],
  result?: ValueType,
): WasmFunction {
  const named = (entries: readonly (readonly [string, ValueType])[], first: number) =>
    entries.map(([key], i) => [key, variable(first + i)] as const);
  const [given, own] = [Object.entries(params), Object.entries(locals)];
  const variables: object = Object.fromEntries([...named(given, 0), ...named(own, given.length)]);
  if (!hasAll<keyof P | keyof L>(variables, { ...params, ...locals })) throw new TypeError(`${name} lacks a variable`);
  const types = (entries: readonly (readonly [string, ValueType])[]) => entries.map(([, type]) => type);
  return { name, code: body(variables).flat(), params: types(given), locals: types(own), result };
}

/** A module of functions that share the memory imported as `rows.memory`. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const [FUNCTION_TYPE, MEMORY, FUNCTION, NO_MAXIMUM] = [0x60, 2, 0, 0];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ params, result }) => [
        FUNCTION_TYPE,
        ...list(params),
        ...list(result === undefined ? [] : [result]),
      ]),
    ),
    ...section(2, [[...text('rows'), ...text('memory'), MEMORY, NO_MAXIMUM, 1]]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), FUNCTION, ...unsigned(i)]),
    ),
    ...section(10, functions.map(body)),
  ]);
}

type Types = Readonly<Record<string, ValueType>>;

function hasAll<K extends PropertyKey>(found: object, expected: object): found is Record<K, Variable> {
  return Object.keys(expected).every((key) => Object.hasOwn(found, key));
}

function body({ locals, code }: WasmFunction): Code {
  const END = 0x0b;
  const all = [...unsigned(locals.length), ...locals.flatMap((type) => [1, type]), ...code, END];
  return [...unsigned(all.length), ...all];
}

function section(id: number, items: readonly Code[]): Code {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function list(bytes: Code): Code {
  return [...unsigned(bytes.length), ...bytes];
}

function text(value: string): Code {
  return list([...new TextEncoder().encode(value)]);
}
