import { type Tag } from './tag.js';

/** How a traced call ended. */
export type TraceState = 'STATE_UNSPECIFIED' | 'OK' | 'ERROR' | 'IN_PROGRESS';

/** The facts of one traced call. */
export interface TraceInfo {
  /** `tr-` and 32 hexadecimal digits. */
  readonly traceId: string;
  readonly experimentId: string;
  readonly clientRequestId: string | null;
  /** Unix milliseconds. */
  readonly requestTime: number;
  /** Milliseconds; null while it runs. */
  readonly executionDuration: number | null;
  readonly state: TraceState;
  readonly requestPreview: string | null;
  readonly responsePreview: string | null;
  readonly metadata: readonly Tag[];
  readonly tags: readonly Tag[];
}

/** One step of a traced call. Times are Unix nanoseconds, which need more digits than a number holds. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly type: string | null;
  readonly status: string;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint | null;
  /** The whole span as JSON, as MLflow stores it. */
  readonly content: string;
}
