import type { PartName } from './part.ts';

/** The machine lacks what building needs. Nothing was started. */
export class MissingPrerequisitesError extends Error {
  override readonly name = 'MissingPrerequisitesError';
  readonly parts: readonly PartName[];
  /** Everything that is missing, each with what to do about it. */
  readonly problems: readonly string[];

  constructor(parts: readonly PartName[], problems: readonly string[]) {
    super([`cannot build ${parts.join(', ')}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.parts = parts;
    this.problems = problems;
  }
}
