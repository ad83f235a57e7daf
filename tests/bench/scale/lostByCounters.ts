/** Spans that a collector says it lost: dropped from its queue, or refused by what it writes to. */
export function lostByCounters(metrics: string): number {
  return metrics
    .split('\n')
    .filter((line) => /^jaeger_collector_(spans_dropped_total|spans_saved_by_svc_total\{[^}]*result="err")/.test(line))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
