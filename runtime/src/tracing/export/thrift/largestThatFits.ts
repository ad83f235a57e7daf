/**
 * The largest whole number from 0 to `most` for which `fits` holds, by bisection: whatever fits has to fit when it is
 * smaller as well. `undefined` when not even 0 does.
 */
export function largestThatFits(most: number, fits: (number: number) => boolean): number | undefined {
  if (fits(most)) return most;
  if (most === 0 || !fits(0)) return undefined;
  let fitting = 0;
  let tooLarge = most;
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2);
    if (fits(middle)) fitting = middle;
    else tooLarge = middle;
  }
  return fitting;
}
