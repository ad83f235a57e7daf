import { namespaceOf, workloadOf, type MonitoredStack, type ScrapedComponent } from './monitoredStack.ts';

/**
 * Label matchers of a component's pods. By `namespace` and `pod`, which every usual way of scraping sets; not by `job`, which is
 * called as whoever scrapes likes.
 */
export function podsOf(component: ScrapedComponent, stack: MonitoredStack): string {
  return `namespace="${namespaceOf(component, stack)}",pod=~"${workloadOf(component)}-.+"`;
}

/** What has no labels, with that of a namespace. In the expression: a rule's own labels are not there for its sentences. */
export function inNamespace(expr: string, namespace: string): string {
  return `label_replace(${expr}, "namespace", "${namespace}", "", "")`;
}

/** A share of two sums, by labels; without a denominator there is none, and nothing to alert of. */
export function shareOf(part: string, whole: string, by: string): string {
  return `sum by (${by}) (${part}) / sum by (${by}) (${whole})`;
}

/** The share of a part in what it and the rest come to, by labels. */
export function shareBeside(part: string, rest: string, by: string): string {
  return `sum by (${by}) (${part}) / (sum by (${by}) (${part}) + sum by (${by}) (${rest}))`;
}

/** What so many per cent of a histogram's measurements stayed below, in seconds. */
export function quantile(share: number, buckets: string, by: string): string {
  return `histogram_quantile(${share}, sum by (${by}, le) (${buckets}))`;
}

/**
 * By how much counters of the runtime grew in a while, those among them that were not there before. `increase()` alone does not see
 * the first event of a series, which appears with it. What a process counted before anybody scraped it is no news: a new series
 * counts where the process is younger than the while, or was scraped before.
 */
export function eventsWithin(minutes: number, series: string, by: string): string {
  const newSeries = `${series} unless ${series} offset ${minutes}m`;
  const known = `process_uptime_seconds < ${minutes * 60} or process_uptime_seconds offset ${minutes}m`;
  return `sum by (${by}) (increase(${series}[${minutes}m]) > 0 or (${newSeries}) and on (namespace, job, instance) (${known}))`;
}
