import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack } from '../monitoredStack.ts';
import { podsOf, quantile, shareOf } from '../promql.ts';
import { noneAnswers } from './noneAnswers.ts';

/** Alerts of the query service: whether traces can be read. */
export function queryAlerts(stack: MonitoredStack): AlertGroup {
  const pods = podsOf('query', stack);
  // A trace that is not there is an error of `get_trace` for Jaeger 1.50; so is one that somebody mistyped.
  const searches = `jaeger_query_requests_total{operation!="get_trace",${pods}}`;
  const failed = `jaeger_query_requests_total{operation!="get_trace",result="err",${pods}}`;
  return {
    name: 'tracewright-query',
    rules: [
      {
        ...noneAnswers('query', stack),
        name: 'JaegerQueryDown',
        summary: 'No Jaeger query service answers.',
        description:
          'No query service in namespace {{ $labels.namespace }} has answered a scrape for 5 minutes. Nobody can read traces; no span is lost.',
      },
      {
        name: 'JaegerQueryErrors',
        severity: 'critical',
        expr: `${shareOf(`increase(${failed}[10m])`, `increase(${searches}[10m])`, 'namespace')} > 0.1 and sum by (namespace) (increase(${failed}[10m])) > 3`,
        forMinutes: 5,
        summary: 'Jaeger cannot answer many of the searches.',
        description:
          '{{ $value | humanizePercentage }} of the searches of the last 10 minutes in namespace {{ $labels.namespace }} failed, those for a single trace left out.',
      },
      {
        name: 'JaegerQuerySlow',
        severity: 'warning',
        expr: `${quantile(0.95, `rate(jaeger_query_latency_bucket{${pods}}[10m])`, 'namespace, operation')} > 5`,
        forMinutes: 10,
        summary: 'Jaeger answers slowly.',
        description:
          'One in twenty of the requests "{{ $labels.operation }}" in namespace {{ $labels.namespace }} takes {{ $value | humanizeDuration }} or longer.',
      },
    ],
  };
}
