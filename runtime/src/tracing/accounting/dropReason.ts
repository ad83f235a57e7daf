/** Why a span that was created did not leave the process. */
export type DropReason = 'queue_full' | 'oversize' | 'export_failed' | 'shutdown';

/**
 * Every drop reason.
 *
 * - `queue_full`: the queue was at one of its bounds when the span ended.
 * - `oversize`: the span did not fit into one packet even when everything that can be trimmed was.
 * - `export_failed`: the destination refused it, could not be reached, or did not answer in time.
 * - `shutdown`: it ended after the shutdown, or was still waiting when the time for shutting down was over.
 */
export const DROP_REASONS: readonly DropReason[] = ['queue_full', 'oversize', 'export_failed', 'shutdown'];
