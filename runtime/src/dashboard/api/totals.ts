/** The sum of numbers. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The sum of a number that the part of each instance has. */
export function totalOfParts<Part>(parts: readonly { readonly part: Part }[], valueOf: (part: Part) => number): number {
  return total(parts.map(({ part }) => valueOf(part)));
}
