/** A sample's value. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/**
 * A bucket's end as the label `le`, in OpenMetrics' form of floating point numbers, in both formats: `1.0`, `0.005`, `1e+06`.
 * Labels are compared as texts: with a form for each format, a server that asks for the other one would begin new series.
 * Prometheus 3 changes all others to this one.
 */
export function boundaryText(boundary: number): string {
  const [digits = '', exponent = ''] = boundary.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    const magnitude = String(Math.abs(power)).padStart(2, '0');
    return `${digits}e${power < 0 ? '-' : '+'}${magnitude}`;
  }
  return Number.isInteger(boundary) ? `${boundary}.0` : String(boundary);
}
