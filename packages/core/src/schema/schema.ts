/** What is known about a column before any row is read. A schema is plain JSON. */
export interface Schema {
  /** Names the data set and, by default, the model: letters, digits, `-` and `_`. */
  readonly name: string;
  /** What is predicted: a number. */
  readonly task: 'regression';
  /** What is learned from, in the order in which values may be given without names. */
  readonly features: readonly Feature[];
  /** Columns that name a row, such as a student number: carried along, never learned from. */
  readonly identifiers: readonly Identifier[];
  /** What is predicted. */
  readonly target: Target;
}

interface Named {
  /** The column's name here, in requests and in answers. */
  readonly name: string;
  /** Other names under which files and requests may bring the column. */
  readonly aliases: readonly string[];
  /** What people read; the name with blanks when left out. */
  readonly label: string;
}

interface FeatureBase extends Named {
  /** One sentence of help, shown beside the form field. */
  readonly description?: string;
  /** Whether a value may be missing: the gap is then filled as learned in training. Default false: missing is an error. */
  readonly optional: boolean;
  /** Describes a protected trait, such as gender; kept for fairness reports. Default false. */
  readonly sensitive: boolean;
  /** Somebody could act on it, such as study time; kept for advice. Default false. */
  readonly actionable: boolean;
}

/** A number with an optional range (both ends allowed) and unit. */
export interface NumericFeature extends FeatureBase {
  readonly kind: 'numeric';
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Only whole numbers are valid. Default false. */
  readonly integer: boolean;
}

/** One of several levels without an order. */
export interface NominalFeature extends FeatureBase {
  readonly kind: 'nominal';
  readonly levels: readonly string[];
}

/** One of several levels, listed from lowest to highest. */
export interface OrdinalFeature extends FeatureBase {
  readonly kind: 'ordinal';
  readonly levels: readonly string[];
}

/** A column that is learned from. */
export type Feature = NumericFeature | NominalFeature | OrdinalFeature;

/** A column that names a row. */
export interface Identifier extends Named {
  readonly kind: 'identifier';
}

/** The number that is predicted. Predictions and intervals are clipped to the range. */
export interface Target extends Named {
  readonly kind: 'target';
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly integer: boolean;
}

/** Any column that a schema names. */
export type Field = Feature | Identifier | Target;

/** All fields of a schema: identifiers, then features, then the target. */
export function schemaFields(schema: Schema): readonly Field[] {
  return [...schema.identifiers, ...schema.features, schema.target];
}

type Defaulted<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** A feature as people write it: what has a default may be left out. */
export type FeatureInput =
  | Defaulted<NumericFeature, 'aliases' | 'label' | 'optional' | 'sensitive' | 'actionable' | 'integer'>
  | Defaulted<NominalFeature, 'aliases' | 'label' | 'optional' | 'sensitive' | 'actionable'>
  | Defaulted<OrdinalFeature, 'aliases' | 'label' | 'optional' | 'sensitive' | 'actionable'>;

/** A schema as people write it, in JSON or in `scorecast.config.ts`; {@link parseSchema} fills the defaults in. */
export interface SchemaInput {
  readonly name: string;
  readonly task?: 'regression';
  readonly features: readonly FeatureInput[];
  readonly identifiers?: readonly Defaulted<Omit<Identifier, 'kind'>, 'aliases' | 'label'>[];
  readonly target: Defaulted<Omit<Target, 'kind'>, 'aliases' | 'label' | 'integer'>;
}
