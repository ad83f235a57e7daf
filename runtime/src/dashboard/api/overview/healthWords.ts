/** A share of one, in per cent. */
export function percent(ratio: number): string {
  const all = ratio * 100;
  if (all !== 0 && all < 0.1) return '< 0.1 %';
  return `${Number(all.toFixed(all < 10 ? 1 : 0))} %`;
}

/** `1 request`, `2 requests`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A duration with the unit that fits. */
export function inMillis(millis: number): string {
  if (millis < 1000) return `${Number(millis.toPrecision(3))} ms`;
  if (millis < 60_000) return `${Number((millis / 1000).toPrecision(3))} s`;
  if (millis < 3_600_000) return `${Math.floor(millis / 60_000)} min`;
  return `${Number((millis / 3_600_000).toPrecision(2))} h`;
}

/** A level in its unit: a share of a limit, or seconds. */
export function levelText(value: number, unit: 'share' | 'seconds'): string {
  return unit === 'share' ? percent(value) : inMillis(value * 1000);
}

/** A number of whatever unit, with three digits: `44.8M`. */
export function inShort(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}
