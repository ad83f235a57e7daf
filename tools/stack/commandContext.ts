import type { Phases } from '../console/phases.ts';
import type { UpOptions } from './options.ts';

/** What every command of this folder works with; made once, in main.ts. */
export interface CommandContext {
  readonly options: UpOptions;
  readonly phases: Phases;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends when the user wants the command to end, or one of its concurrent phases has failed. */
  readonly abort: AbortController;
  /** Asks a person; false where nobody can be asked. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** A change of the user's own cluster was not confirmed. */
export class NotConfirmedError extends Error {
  override readonly name = 'NotConfirmedError';

  constructor(what: string) {
    super(
      `${what}: not confirmed. Nothing was changed. Say yes at the question, or give --yes where nobody can be asked.`,
    );
  }
}

/**
 * Asks before the user's own cluster is touched; the local one is ours.
 * @throws NotConfirmedError without a yes.
 */
export async function requireConfirmation(command: CommandContext, what: string): Promise<void> {
  const { context, yes } = command.options;
  if (context === undefined || yes) return;
  if (!(await command.confirm(`${what} on context ${context}?`))) throw new NotConfirmedError(what);
}
