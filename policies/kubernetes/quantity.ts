const multipliers: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': 10n ** 9n,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  T: 10n ** 21n,
  P: 10n ** 24n,
  E: 10n ** 27n,
  Ki: 10n ** 9n * 2n ** 10n,
  Mi: 10n ** 9n * 2n ** 20n,
  Gi: 10n ** 9n * 2n ** 30n,
  Ti: 10n ** 9n * 2n ** 40n,
  Pi: 10n ** 9n * 2n ** 50n,
  Ei: 10n ** 9n * 2n ** 60n,
};

// Digits are matched in one way only, so that a long text takes no longer than it is.
const form = /^\+?(\d*)(?:\.(\d*))?(?:([eE][+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * Reads a Kubernetes quantity (`250m`, `0.5`, `512Mi`, `1e3`, a plain number).
 *
 * @returns Its size in billionths, rounded up as Kubernetes does, so that quantities compare exactly; `undefined` for
 *   what is no quantity, or a negative one.
 */
export function parseQuantity(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [matched, whole = '', fraction = '', exponent = 'e0', suffix = ''] = form.exec(String(value)) ?? [];
  const multiplier = multipliers[suffix];
  if (matched === undefined || whole + fraction === '' || multiplier === undefined) return undefined;
  const power = Number(exponent.slice(1)) - fraction.length;
  const amount = BigInt(whole + fraction) * multiplier;
  if (power >= 0) return amount * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (amount + divisor - 1n) / divisor;
}
