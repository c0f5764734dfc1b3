/** What was written, as it was written: so that a later read can be verified. */
export interface LedgerEntry {
  /** The file's full URI. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Remembers the checksum of every written file. */
export interface ArtifactLedger {
  find(uri: string): Promise<LedgerEntry | undefined>;
  /** Adds an entry, in place of the one that has its URI. */
  note(entry: LedgerEntry): Promise<void>;
  forget(uri: string): Promise<void>;
  /** Forgets `uri` and everything beneath it. */
  forgetTree(uri: string): Promise<void>;
  /** All entries beneath `uri`, by URI. */
  beneath(uri: string): AsyncIterable<LedgerEntry>;
}

/** A ledger that lasts as long as the process: for a store without a database. */
export function memoryLedger(): ArtifactLedger {
  const entries = new Map<string, LedgerEntry>();
  const beneath = (uri: string) => [...entries.keys()].filter((key) => key.startsWith(`${uri}/`)).sort();
  return {
    find: async (uri) => entries.get(uri),
    note: async (entry) => void entries.set(entry.uri, entry),
    forget: async (uri) => void entries.delete(uri),
    async forgetTree(uri) {
      for (const key of [uri, ...beneath(uri)]) entries.delete(key);
    },
    async *beneath(uri) {
      for (const key of beneath(uri)) {
        const entry = entries.get(key);
        if (entry !== undefined) yield entry;
      }
    },
  };
}
