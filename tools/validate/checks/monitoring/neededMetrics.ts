import type { AlertGroup } from '../../../../infra/monitoring/alertRule.ts';

/** A metric of an expression with what is asked of its labels. */
const selector = /([a-zA-Z_:][\w:]*)\{([^}]*)\}/g;
const ofWorkload = /pod=~"([\w-]+)-\.\+"/;
/** What Prometheus itself says of every target. */
const ofPrometheus = 'up';

/** The metrics that alerts read of a workload's pods, sorted. */
export function neededMetrics(groups: readonly AlertGroup[], workload: string): readonly string[] {
  const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const names = expressions.flatMap((expr) =>
    [...expr.matchAll(selector)]
      .filter(([, name, labels = '']) => name !== ofPrometheus && ofWorkload.exec(labels)?.[1] === workload)
      .map(([, name = '']) => name),
  );
  return [...new Set(names)].sort();
}

/** The names of an exposition's samples. */
export function metricNames(exposition: string): ReadonlySet<string> {
  return new Set([...exposition.matchAll(/^[a-zA-Z_:][\w:]*(?=[{ ])/gm)].map(([name]) => name));
}
