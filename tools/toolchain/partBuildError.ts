import { LoggedCommandError } from './loggedCommandError.ts';
import type { PartName } from './part.ts';
import { withoutCredentials } from './withoutCredentials.ts';

/** A part could not be built. Nothing of it is in the cache; a next run builds it again. */
export class PartBuildError extends Error {
  override readonly name = 'PartBuildError';
  readonly part: PartName;
  /** Exit code of the command that failed, if it was one. */
  readonly exitCode: number | undefined;
  readonly logPath: string;
  /** The end of the log, at most 20 lines, without the credentials of addresses. */
  readonly lastLines: readonly string[];

  constructor(part: PartName, logPath: string, lastLines: readonly string[], cause: unknown) {
    const reason = withoutCredentials(cause instanceof Error ? cause.message : String(cause));
    const shownLines = lastLines.map(withoutCredentials);
    super(
      [
        `${part} could not be built: ${reason}. The whole log is ${logPath}; its last lines:`,
        ...shownLines.map((line) => `  ${line}`),
      ].join('\n'),
      { cause },
    );
    this.part = part;
    this.exitCode =
      cause instanceof LoggedCommandError && typeof cause.outcome === 'number' ? cause.outcome : undefined;
    this.logPath = logPath;
    this.lastLines = shownLines;
  }
}
