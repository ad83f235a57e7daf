/** What a figure compares: ours, or its peer, which is the bare SDK in the suite `tracing`. */
export type Side = 'ours' | 'sdk';

/** @throws RangeError for anything but a side. */
export function parseSide(text: string | undefined): Side {
  if (text === 'ours' || text === 'sdk') return text;
  throw new RangeError(`${String(text)} is no side; allowed: ours, sdk`);
}
