/** A value of an attribute; whole numbers are bigints, which tells 1 from 1.0. */
export type OtlpValue = null | string | boolean | bigint | number | readonly OtlpValue[] | OtlpMap;

/** Values by name. */
export interface OtlpMap {
  readonly [name: string]: OtlpValue;
}

/** One step of a traced call, as OpenTelemetry sends it. Ids are hexadecimal, times Unix nanoseconds. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint | null;
  readonly attributes: OtlpMap;
  readonly events: readonly { readonly name: string; readonly timeUnixNano: bigint; readonly attributes: OtlpMap }[];
  readonly status: { readonly code: 'UNSET' | 'OK' | 'ERROR'; readonly message: string };
}
