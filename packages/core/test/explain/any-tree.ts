import fc from 'fast-check';
import type { Tree } from '../../src/index.js';

/** How many columns the trees of {@link anyTree} ask; the last one holds codes of levels. */
export const COLUMNS = 4;

interface Branch {
  readonly column: number;
  readonly threshold: number;
  readonly set: readonly number[];
  readonly missingLeft: boolean;
  readonly left: Branch | Leaf;
  readonly right: Branch | Leaf;
}

interface Leaf {
  readonly value: number;
  readonly rows: number;
}

const leaf: fc.Arbitrary<Leaf> = fc.record({ value: fc.integer({ min: -50, max: 50 }), rows: fc.nat(6) });

function branch(depth: number): fc.Arbitrary<Branch | Leaf> {
  if (depth === 0) return leaf;
  const inner = fc.record({
    column: fc.nat(COLUMNS - 1),
    threshold: fc.integer({ min: 0, max: 3 }),
    set: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
    missingLeft: fc.boolean(),
    left: branch(depth - 1),
    right: branch(depth - 1),
  });
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 4, arbitrary: inner });
}

/** Trees that ask columns again, have leaves without training rows, and part levels by sets. */
export const anyTree: fc.Arbitrary<Tree> = branch(4).map(flatten);

/** A row for such trees; values may be missing. */
export const anyRow = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), {
    minLength: COLUMNS,
    maxLength: COLUMNS,
  })
  .map((values) => Float64Array.from(values));

function flatten(root: Branch | Leaf): Tree {
  const nodes: (Branch | Leaf)[] = [root];
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    left.push('rows' in node ? -1 : nodes.push(node.left) - 1);
    right.push('rows' in node ? -1 : nodes.push(node.right) - 1);
  }
  const cover = new Float64Array(nodes.length);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    cover[i] = 'rows' in node ? node.rows : cover[left[i]] + cover[right[i]];
  }
  return {
    feature: Int32Array.from(nodes, (node) => ('rows' in node ? -1 : node.column)),
    threshold: Float64Array.from(nodes, (node) => ('rows' in node ? 0 : node.threshold)),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(nodes, (node) => ('rows' in node ? 0 : Number(node.missingLeft))),
    sets: nodes.map((node) =>
      'rows' in node || node.column < COLUMNS - 1 ? new Int32Array(0) : Int32Array.from(node.set).sort(),
    ),
    value: Float64Array.from(nodes, (node) => ('rows' in node ? node.value : 0)),
    cover,
  };
}
