import type { ErrorCategory } from './errorCategory.ts';
import type { ErrorRequest } from './capturedError.ts';

/** What is said of an error as it is captured. */
export interface CaptureOptions {
  /**
   * Whether the application has dealt with it.
   * @defaultValue true
   */
  readonly handled?: boolean;
  /** What else is to be known of it: 20 plain values at most, redacted by their keys and by what is in them. */
  readonly context?: object;
  /** Whom it hit, and in which request. @defaultValue the request that is worked on, if there is one */
  readonly request?: ErrorRequest;
  /** What it is about, unless somebody gave its group a category. @defaultValue what the rules say */
  readonly category?: ErrorCategory;
  /**
   * What it is grouped by: texts, of which `{{default}}` stands for the group that it would be in otherwise. It counts where the
   * error is captured first: what was captured already, by a span or a logger, say, stays in its group.
   */
  readonly fingerprint?: readonly string[];
}

/** Where a captured error went. */
export interface CaptureReceipt {
  /** The group, 16 hexadecimal digits. */
  readonly groupId: string;
  /** What it is about, with what this call has said of it. */
  readonly category: ErrorCategory;
}
