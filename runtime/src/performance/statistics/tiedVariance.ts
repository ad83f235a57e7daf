/**
 * The variance of Kendall's S of values without a trend, corrected for those that are equal.
 *
 * @see Kendall, Rank Correlation Methods (1975); equation 2.6 of Sen, J. Am. Stat. Assoc. 63 (1968)
 */
export function tiedVariance(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const part = (count: number): number => count * (count - 1) * (2 * count + 5);
  let ties = 0;
  for (const count of counts.values()) ties += part(count);
  return (part(values.length) - ties) / 18;
}
