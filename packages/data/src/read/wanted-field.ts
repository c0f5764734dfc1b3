/** A column that a reader is to find in a file. */
export interface WantedField {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Whether the file must have it. */
  readonly required: boolean;
  /** Whether numbers are to be given as text, as identifiers are. */
  readonly asText: boolean;
}

/** What is to be read from a file. */
export interface Wanted {
  /** The fields in the order in which their values are to come; or every column of the file. */
  readonly fields: readonly WantedField[] | 'all';
  /** Names that may be there but are not needed. */
  readonly passedOver: ReadonlySet<string>;
}

/** The fields to look for among these columns: each column itself where all are wanted. */
export function fieldsOf(wanted: Wanted, columns: readonly string[]): readonly WantedField[] {
  if (wanted.fields !== 'all') return wanted.fields;
  const names = new Set(columns.filter((column) => column !== ''));
  return Array.from(names, (name) => ({ name, aliases: [], required: true, asText: false }));
}

/** Every name by which a wanted field or another known one may stand in a header. */
export function wantedNames(wanted: Wanted): ReadonlySet<string> {
  const fields = wanted.fields === 'all' ? [] : wanted.fields;
  return new Set([...fields.flatMap((field) => [field.name, ...field.aliases]), ...wanted.passedOver]);
}
