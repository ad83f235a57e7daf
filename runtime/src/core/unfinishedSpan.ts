/** A span that has not ended. */
export interface UnfinishedSpan {
  /** The one that it started with. */
  readonly name: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** How long ago it started, in milliseconds. */
  readonly elapsedMillis: number;
}
