import { seededRandom } from '../support/seededRandom.ts';

/** The shares at which percentiles are compared. */
export const SHARES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** Four distributions of durations, the same values for the same seed each time. */
export function distributions(seed: number): Readonly<Record<string, () => number>> {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    uniform: () => 1 + random() * 999,
    exponential: () => -50 * Math.log(1 - random()),
    'log-normal': () => Math.exp(3 + 1.5 * normal()),
    bimodal: () => (random() < 0.9 ? 5 + normal() : 800 + 40 * normal()),
  };
}

/** The largest relative error of percentiles against the values at their ranks. */
export function largestRelativeError(
  values: readonly number[],
  percentileOf: (name: keyof typeof SHARES) => number,
): number {
  const sorted = values.toSorted((a, b) => a - b);
  const names = Object.keys(SHARES) as (keyof typeof SHARES)[];
  const errors = names.map((name) => {
    const exact = sorted[Math.max(0, Math.ceil(SHARES[name] * sorted.length) - 1)] ?? NaN;
    return Math.abs(percentileOf(name) - exact) / exact;
  });
  return Math.max(...errors);
}
