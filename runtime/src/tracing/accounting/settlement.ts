import { toError } from '../../core/toError.ts';
import type { SendOutcome } from '../export/spanTransport.ts';
import { DROP_REASONS, type DropReason } from './dropReason.ts';

/** The fate of every span of one batch: `exported` and all of `dropped` add up to the length of the batch. */
export interface Settlement {
  readonly exported: number;
  /** Every reason is there. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** At most `exported`. */
  readonly trimmed: number;
  /** What went wrong, where anything did. */
  readonly error: Error | undefined;
}

/**
 * Makes what a transport says of `spanCount` spans whole, whatever it says: losses are believed first, then what was
 * sent as far as spans are left, and spans that it says nothing of are taken as `export_failed`. Never throws.
 */
export function settlementOf(outcome: SendOutcome, spanCount: number): Settlement {
  try {
    return madeWhole(outcome, spanCount);
  } catch (error) {
    // The answer is no outcome at all, or throws when it is read.
    return failedSettlement(spanCount, toError(error));
  }
}

function madeWhole(outcome: SendOutcome, spanCount: number): Settlement {
  const dropped: Record<DropReason, number> = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };
  let left = spanCount;
  for (const reason of DROP_REASONS) {
    dropped[reason] = wholeNumber(outcome.dropped[reason], left);
    left -= dropped[reason];
  }
  const exported = wholeNumber(outcome.sent, left);
  left -= exported;
  dropped.export_failed += left;
  const unaccounted = left === 0 ? undefined : unaccountedError(left, spanCount);
  const error = outcome.error === undefined ? unaccounted : toError(outcome.error);
  return { exported, dropped, trimmed: wholeNumber(outcome.trimmed, exported), error };
}

function failedSettlement(spanCount: number, error: Error): Settlement {
  const dropped = { queue_full: 0, oversize: 0, export_failed: spanCount, shutdown: 0 };
  return { exported: 0, dropped, trimmed: 0, error };
}

function wholeNumber(value: number | undefined, max: number): number {
  return value !== undefined && Number.isInteger(value) && value > 0 ? Math.min(value, max) : 0;
}

function unaccountedError(count: number, spanCount: number): Error {
  return new Error(`the transport did not say what became of ${count} of ${spanCount} spans`);
}
