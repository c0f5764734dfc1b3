import { ATTRIBUTE, ELEMENT } from './onnx-messages.js';

/** A tensor as ONNX writes it. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

/** One attribute of an operator. */
export type Attribute = Readonly<Record<string, unknown>>;

interface Node {
  readonly opType: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly Attribute[];
}

/** The domain of the operators for trees and labels; its name is empty for all others. */
export const ML_DOMAIN = 'ai.onnx.ml';

/** Collects the operators and constants of one graph and names what flows between them. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly initializers: (Tensor & { readonly name: string })[] = [];
  readonly #constants = new Map<string, string>();
  #count = 0;

  /** @param taken Names that are not given to anything else. */
  constructor(private readonly taken: ReadonlySet<string>) {}

  /** Adds an operator with one output, and names that. */
  add(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
  ): string {
    return this.addTo([this.#name()], opType, input, attributes, domain)[0];
  }

  /** Adds an operator with two outputs. */
  addPair(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
  ): readonly [string, string] {
    const pair = [this.#name(), this.#name()] as const;
    this.addTo(pair, opType, input, attributes, '');
    return pair;
  }

  /** Adds an operator whose outputs have these names. */
  addTo<const Names extends readonly string[]>(
    output: Names,
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
  ): Names {
    const attribute = Object.entries(attributes).map(([name, value]) => ({ name, ...value }));
    this.nodes.push({ opType, domain, input, output, attribute });
    return output;
  }

  /** A constant of doubles, such as a row of them with `dims` [1, n]; without `dims` a single number. */
  doubles(values: ArrayLike<number>, dims: readonly number[] = []): string {
    return this.#constant(doubleTensor(values, dims));
  }

  /** A constant list of integers, or a single one where `dims` is empty. */
  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(integerTensor(values, dims));
  }

  #constant(tensor: Tensor): string {
    // Small constants such as 0, 1 and shapes come again and again; large ones do not.
    const key =
      tensor.rawData.length > 64 ? undefined : `${tensor.dataType} ${tensor.dims.join()} ${tensor.rawData.join()}`;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#name();
    this.initializers.push({ name, ...tensor });
    if (key !== undefined) this.#constants.set(key, name);
    return name;
  }

  #name(): string {
    let name: string;
    do name = `t${this.#count++}`;
    while (this.taken.has(name));
    return name;
  }
}

/** An attribute that is a number. */
export function int(value: number): Attribute {
  return { type: ATTRIBUTE.int, i: value };
}

/** An attribute that is a list of whole numbers. */
export function ints(values: ArrayLike<number>): Attribute {
  return { type: ATTRIBUTE.ints, ints: Array.from(values) };
}

/** An attribute that is a list of texts. */
export function strings(values: readonly string[]): Attribute {
  const encoder = new TextEncoder();
  return { type: ATTRIBUTE.strings, strings: values.map((value) => encoder.encode(value)) };
}

/** An attribute that is a tensor. */
export function tensor(value: Tensor): Attribute {
  return { type: ATTRIBUTE.tensor, t: value };
}

/** Doubles, little-endian. */
export function doubleTensor(values: ArrayLike<number>, dims: readonly number[] = [values.length]): Tensor {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return { dims, dataType: ELEMENT.double, rawData: new Uint8Array(view.buffer) };
}

/** Bytes, such as the modes of a tree's nodes. */
export function byteTensor(values: readonly number[]): Tensor {
  return { dims: [values.length], dataType: ELEMENT.uint8, rawData: Uint8Array.from(values) };
}

function integerTensor(values: readonly number[], dims: readonly number[]): Tensor {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return { dims, dataType: ELEMENT.int64, rawData: new Uint8Array(view.buffer) };
}
