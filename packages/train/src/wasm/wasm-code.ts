/** WebAssembly instructions, as bytes. An expression leaves one value, a statement none. */
export type Code = readonly number[];

/** The types of values, by their codes in the binary format. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;

/** A value's type. */
export type ValueType = typeof I32 | typeof I64 | typeof F64;

const unary =
  (...opcode: Code) =>
  (a: Code): Code => [...a, ...opcode];
const binary =
  (...opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const load =
  (...opcodeAndAlign: Code) =>
  (address: Code, offset = 0): Code => [...address, ...opcodeAndAlign, ...unsigned(offset)];
const store =
  (...opcodeAndAlign: Code) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcodeAndAlign, ...unsigned(offset)];

/** 32-bit integers: addresses, indices and bytes. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  shl: binary(0x74),
  shiftRight: binary(0x76),
  isZero: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt: binary(0x48),
  le: binary(0x4c),
  ge: binary(0x4e),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  wrap: unary(0xa7),
  truncate: unary(0xab),
  load: load(0x28, 2),
  load16: load(0x2f, 1),
  load8: load(0x2d, 0),
  store: store(0x36, 2),
  store8: store(0x3a, 0),
};

/** 64-bit integers: counts and sums in one word. */
export const i64 = {
  const: (value: bigint): Code => [0x42, ...signed(value)],
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  and: binary(0x83),
  or: binary(0x84),
  ne: binary(0x52),
  lt: binary(0x53),
  trailingZeros: unary(0x7a),
  shl: binary(0x86),
  shiftRight: binary(0x88),
  load: load(0x29, 3),
  store: store(0x37, 3),
  extend: unary(0xad),
  bitsOf: unary(0xbd),
};

/** Doubles. */
export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  min: binary(0xa4),
  max: binary(0xa5),
  abs: unary(0x99),
  floor: unary(0x9c),
  eq: binary(0x61),
  lt: binary(0x63),
  gt: binary(0x64),
  ge: binary(0x66),
  ne: binary(0x62),
  convert: unary(0xb9),
  ofInteger: unary(0xb7),
  ofUnsigned: unary(0xb8),
  ofBits: unary(0xbf),
  load: load(0x2b, 3),
  store: store(0x39, 3),
};

/** Two 64-bit integers side by side. */
export const i64x2 = {
  sub: binary(0xfd, 0xd1, 0x01),
  load: load(0xfd, 0x00, 3),
  store: store(0xfd, 0x0b, 3),
};

/** Two doubles side by side. */
export const f64x2 = {
  add: binary(0xfd, 0xf0, 0x01),
  sub: binary(0xfd, 0xf1, 0x01),
  load: load(0xfd, 0x00, 3),
  store: store(0xfd, 0x0b, 3),
};

/** Stretches of bytes. */
export const memory = {
  fill: (to: Code, byte: Code, size: Code): Code => [...to, ...byte, ...size, 0xfc, 0x0b, 0],
};

/** The first value where the condition is not 0, else the second; both are computed. */
export const select = (first: Code, second: Code, condition: Code): Code => [...first, ...second, ...condition, 0x1b];

/** Does the statements, and again while the condition is not 0 after them. */
export const repeatWhile = (condition: Code, ...statements: readonly Code[]): Code => {
  const [LOOP, NOTHING, BRANCH_IF, END] = [0x03, 0x40, 0x0d, 0x0b];
  return [LOOP, NOTHING, ...statements.flat(), ...condition, BRANCH_IF, 0, END];
};

/** Does the statements as long as the condition is not 0 before them. */
export const whileTrue = (condition: Code, ...statements: readonly Code[]): Code =>
  when(condition, repeatWhile(condition, ...statements));

/** Does the statements where the condition is not 0. */
export const when = (condition: Code, ...statements: readonly Code[]): Code => {
  const [IF, NOTHING, END] = [0x04, 0x40, 0x0b];
  return [...condition, IF, NOTHING, ...statements.flat(), END];
};

/** Does one of two things. */
export const either = (condition: Code, first: readonly Code[], second: readonly Code[]): Code => {
  const [IF, NOTHING, ELSE, END] = [0x04, 0x40, 0x05, 0x0b];
  return [...condition, IF, NOTHING, ...first.flat(), ELSE, ...second.flat(), END];
};

/** Calls the function with this number in the module. */
export const call = (index: number, ...args: readonly Code[]): Code => [...args.flat(), 0x10, ...unsigned(index)];

/** A parameter or local variable. */
export interface Variable {
  readonly get: Code;
  set(this: void, value: Code): Code;
}

/** The variable with this number. */
export function variable(index: number): Variable {
  return { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] };
}

/** Moves an address on. */
export function next({ get, set }: Variable, bytes: number): Code {
  return set(i32.add(get, i32.const(bytes)));
}

/** LEB128, the format's integers of variable length. */
export function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value: bigint): Code {
  const low = Number(value & 127n);
  const rest = value >> 7n;
  const isLast = rest === (low & 64 ? -1n : 0n);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}
