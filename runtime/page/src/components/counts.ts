const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** A number as short as it is readable: from 10,000 on in thousands and millions. */
export function formatCount(value: number): string {
  return Math.abs(value) < 10_000 ? exact.format(value) : compact.format(value);
}

/** A number with all its digits, of fractions three. */
export function formatExactly(value: number): string {
  return exact.format(value);
}

/** A share of one, in per cent. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100;
  return `${percent !== 0 && percent < 0.1 ? '< 0.1' : percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
