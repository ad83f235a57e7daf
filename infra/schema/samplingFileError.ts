import { problemLine, type ConfigProblem } from './stackConfigError.ts';

/** A file of sampling strategies has problems; all of them are listed. */
export class SamplingFileError extends Error {
  override readonly name = 'SamplingFileError';
  /** Every problem; the keys name the file, the line and the column. */
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`${count} in ${file}:\n${problems.map(problemLine).join('\n')}`);
    this.problems = problems;
  }
}
