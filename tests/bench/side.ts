/** Whose tracing a program of the suite measures. */
export type Side = 'ours' | 'sdk' | 'none';

/** @throws RangeError for anything but a side. */
export function parseSide(text: string | undefined): Side {
  if (text === 'ours' || text === 'sdk' || text === 'none') return text;
  throw new RangeError(`${String(text)} is no side; allowed: ours, sdk, none`);
}
