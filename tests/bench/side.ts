/** What a figure compares: ours, or its peer, which is in the suite `tracing` the bare SDK and elsewhere what the figure says. */
export type Side = 'ours' | 'peer';

/** @throws RangeError for anything but a side. */
export function parseSide(text: string | undefined): Side {
  if (text === 'ours' || text === 'peer') return text;
  throw new RangeError(`${String(text)} is no side; allowed: ours, peer`);
}
