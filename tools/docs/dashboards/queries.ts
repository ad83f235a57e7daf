/** What every series is chosen by: the values of the dashboard's variables. */
const SELECTED = 'namespace=~"$namespace", job=~"$job", instance=~"$instance"';

/** Series of a metric, of what is selected; `matchers` such as `result="err"` choose among them. */
export function selected(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${[SELECTED, ...matchers].join(', ')}}`;
}

/** What a counter grows by in a second. */
export function rate(metric: string, ...matchers: readonly string[]): string {
  return `rate(${selected(metric, ...matchers)}[$__rate_interval])`;
}

/** The sum of a counter's growth in a second, by labels. */
export function sumOfRate(by: readonly string[], metric: string, ...matchers: readonly string[]): string {
  return `sum by (${by.join(', ')}) (${rate(metric, ...matchers)})`;
}

/** The largest value of a gauge, by labels. */
export function maxOf(by: readonly string[], metric: string, ...matchers: readonly string[]): string {
  return `max by (${by.join(', ')}) (${selected(metric, ...matchers)})`;
}

/** The sum of a gauge, by labels. */
export function sumOf(by: readonly string[], metric: string, ...matchers: readonly string[]): string {
  return `sum by (${by.join(', ')}) (${selected(metric, ...matchers)})`;
}

/**
 * A quantile of a histogram, by labels.
 *
 * @param histogram - name without `_bucket`
 */
export function quantile(of: number, by: readonly string[], histogram: string, ...matchers: readonly string[]): string {
  return `histogram_quantile(${of}, ${sumOfRate(['le', ...by], `${histogram}_bucket`, ...matchers)})`;
}

/** A part of a whole, by the same labels; 0 where there is a whole and no such part. */
export function share(part: string, whole: string): string {
  return `(${part} or 0 * ${whole}) / ${whole}`;
}

/** An expression, and 0 where it has no series: a loss that never happened has no counter yet. */
export function orZero(expr: string): string {
  return `${expr} or vector(0)`;
}

/** The median, 95th and 99th percentile of a histogram of seconds, as three queries. */
export function quantiles(histogram: string): readonly { readonly expr: string; readonly legend: string }[] {
  return [0.5, 0.95, 0.99].map((of) => ({ expr: quantile(of, [], histogram), legend: `p${of * 100}` }));
}
