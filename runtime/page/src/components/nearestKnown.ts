/** The index of the value that is known at an index, or before it where the time there is another line's; `undefined` in a gap. */
export function nearestKnown(values: readonly (number | null | undefined)[], at: number): number | undefined {
  for (let index = Math.min(at, values.length - 1); index >= 0; index -= 1) {
    const value = values[index];
    if (value === null) return undefined;
    if (value !== undefined) return index;
  }
  return undefined;
}
