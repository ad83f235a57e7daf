import type { StackToRemove } from '../cluster/clusterStacks.ts';
import { OptionError } from '../stack/options.ts';

/** A stack holds data that may be deleted only by who names it. */
export class ProtectedStackError extends Error {
  override readonly name = 'ProtectedStackError';

  constructor(stacks: readonly StackToRemove[]) {
    const lines = stacks.map(({ stack, protectedResources }) => `  ${stack}: ${protectedResources.join(', ')}`);
    const which = stacks.map(({ stack }) => `--delete-data ${stack}`).join(' ');
    super(
      `deletion protection keeps what would be removed with all its data:\n${lines.join('\n')}\n` +
        `To delete the data as well, name each stack: ${which}. Nothing was removed.`,
    );
  }
}

/**
 * Makes sure that whatever is removed may be: it is unprotected, or was named by who wants its data deleted.
 * @throws OptionError for a name that is none of theirs; ProtectedStackError.
 */
export function requireDeletable(stacks: readonly StackToRemove[], named: readonly string[]): void {
  const names = stacks.map(({ stack }) => stack);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const allowed = names.length === 0 ? 'none: nothing is deployed' : names.join(', ');
    throw new OptionError('delete-data', `"${unknown}" is not what would be removed; allowed: ${allowed}`);
  }
  const kept = stacks.filter(
    ({ stack, protectedResources }) => protectedResources.length > 0 && !named.includes(stack),
  );
  if (kept.length > 0) throw new ProtectedStackError(kept);
}
