/** A command could not be started, or ended with something else than exit code 0. */
export class LoggedCommandError extends Error {
  override readonly name = 'LoggedCommandError';
  readonly command: string;
  /** The exit code; the name of the signal that ended it; or why it could not be started. */
  readonly outcome: number | string;

  constructor(command: string, outcome: number | string) {
    super(`${command} ended with ${typeof outcome === 'number' ? `exit code ${outcome}` : outcome}`);
    this.command = command;
    this.outcome = outcome;
  }
}
