/** An error that was counted only, by its class and code, as there was no time to look at it. */
export interface UnseenError {
  readonly type: string;
  readonly code: string | undefined;
  /** Which of all errors it is, from 1. */
  readonly number: number;
}
