import type { PartName } from './part.ts';

/** A part was asked of a run that was not told to find or build it. */
export class PartNotRequestedError extends Error {
  override readonly name = 'PartNotRequestedError';
  readonly part: PartName;

  constructor(part: PartName, requested: readonly PartName[]) {
    super(
      `part ${part} was not requested; this run has ${requested.join(', ') || 'none'}: name it in the option "parts"`,
    );
    this.part = part;
  }
}
