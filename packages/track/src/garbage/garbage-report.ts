/** What garbage collection knows. */
export type GarbageKind = 'run' | 'logged-model' | 'experiment' | 'orphan' | 'leftover';

/** One thing that goes, or would go. */
export interface GarbageItem {
  readonly kind: GarbageKind;
  /** Of a run, model or experiment; the folder of an orphan, the path of a leftover. */
  readonly id: string;
  readonly name: string | null;
  readonly files: number;
  readonly bytes: number;
}

/** One thing that is deleted or unknown and stays nevertheless. */
export interface KeptItem {
  readonly kind: GarbageKind;
  readonly id: string;
  readonly reason: string;
}

/** How much of one kind goes. */
export interface GarbageCount {
  readonly count: number;
  readonly files: number;
  readonly bytes: number;
}

/** What garbage collection removed, or would remove. */
export interface GarbageReport {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<GarbageKind, GarbageCount>>;
  readonly kept: readonly KeptItem[];
}

/** Adds up a report while collection goes on. */
export class GarbageTally {
  readonly #counts: Record<GarbageKind, GarbageCount> = {
    run: nothing,
    'logged-model': nothing,
    experiment: nothing,
    orphan: nothing,
    leftover: nothing,
  };
  readonly #kept: KeptItem[] = [];
  readonly #onItem: (item: GarbageItem) => void;

  constructor(onItem: (item: GarbageItem) => void) {
    this.#onItem = onItem;
  }

  add(item: GarbageItem): void {
    const { count, files, bytes } = this.#counts[item.kind];
    this.#counts[item.kind] = { count: count + 1, files: files + item.files, bytes: bytes + item.bytes };
    this.#onItem(item);
  }

  keep(item: KeptItem): void {
    this.#kept.push(item);
  }

  report(dryRun: boolean): GarbageReport {
    return { dryRun, counts: { ...this.#counts }, kept: [...this.#kept] };
  }
}

const nothing: GarbageCount = { count: 0, files: 0, bytes: 0 };
