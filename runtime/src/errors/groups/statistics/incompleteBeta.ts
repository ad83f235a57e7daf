// Written here for the reasons that performance/statistics/normalDistribution.ts gives: jstat is a library of everything that
// takes 17 ms to load, @stdlib's package comes with more than a hundred others.

const MOST_TERMS = 10_000;
const PRECISION = 1e-15;
const TINY = 1e-300;

/**
 * The regularised incomplete beta function I_x(a, b): for whole numbers, how likely at least `a` of `a + b - 1` trials
 * succeed that each do with probability `x`. Within 1e-10 of the value, relatively, for `a` and `b` up to 100,000.
 *
 * @param x - from 0 to 1
 * @param a - above 0
 * @param b - above 0
 * @see NIST's Digital Library of Mathematical Functions, 8.17.22
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly on this side.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFront) / a) * continuedFraction(x, a, b);
}

/** By Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m += 1) {
    for (const term of [evenTerm(x, a, b, m), oddTerm(x, a, b, m)]) {
      d = 1 / awayFromZero(1 + term * d);
      c = awayFromZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return fraction;
}

function evenTerm(x: number, a: number, b: number, m: number): number {
  return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
}

function oddTerm(x: number, a: number, b: number, m: number): number {
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** Stirling's series, from 10 on, below by the recurrence. NIST's DLMF, 5.11.1. */
function logGamma(value: number): number {
  let shift = 0;
  let z = value;
  for (; z < 10; z += 1) shift += Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
