import type { BulkOutput } from './actionSchema.ts';

/**
 * What became of groups on all instances. One that is refused anywhere is refused: it is not everywhere what it was to become.
 * Unknown is what no instance keeps.
 */
export function bulkTogether(outputs: readonly BulkOutput[]): BulkOutput {
  const done = new Set(outputs.flatMap((output) => output.done));
  const reasons = new Map<string, string>();
  for (const { id, reason } of outputs.flatMap(({ refused }) => refused)) {
    if (!reasons.has(id)) reasons.set(id, done.has(id) ? `Done on other instances, but not on all. ${reason}` : reason);
  }
  const unknown = new Set(outputs.flatMap((output) => output.unknown));
  return {
    done: [...done].filter((id) => !reasons.has(id)),
    refused: [...reasons].map(([id, reason]) => ({ id, reason })),
    unknown: [...unknown].filter((id) => !done.has(id) && !reasons.has(id)),
  };
}
