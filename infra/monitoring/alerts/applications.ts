import type { AlertGroup } from '../alertRule.ts';
import { eventsWithin, quantile, shareOf } from '../promql.ts';

/** An application: its pods together. */
const byApplication = 'namespace, job';

/**
 * Alerts of applications that are watched by `@tracewright/runtime`, wherever they are: these metrics are theirs alone. Where several
 * stacks are watched by one Prometheus, each has these, and Alertmanager takes equal alerts for one.
 */
export function applicationAlerts(): AlertGroup {
  return { name: 'tracewright-applications', rules: [...spans(), ...requests(), ...process(), ...errors()] };
}

function spans(): AlertGroup['rules'] {
  const dropped = 'tracewright_spans_dropped_total';
  return [
    {
      name: 'TracewrightSpansDropped',
      severity: 'warning',
      expr: `sum by (${byApplication}, reason) (increase(${dropped}[10m])) / on (${byApplication}) group_left () sum by (${byApplication}) (increase(tracewright_spans_created_total[10m])) > 0.01`,
      forMinutes: 2,
      summary: 'An application loses spans before they leave it.',
      description:
        'Application {{ $labels.job }} in namespace {{ $labels.namespace }} dropped {{ $value | humanizePercentage }} of the spans of the last 10 minutes, reason "{{ $labels.reason }}".',
    },
    {
      name: 'TracewrightExportFailing',
      severity: 'critical',
      expr: `sum by (${byApplication}) (rate(${dropped}{reason="export_failed"}[5m])) > 0 unless sum by (${byApplication}) (rate(tracewright_spans_sent_total[5m])) > 0`,
      forMinutes: 5,
      summary: 'An application gets rid of no spans.',
      description:
        'Application {{ $labels.job }} in namespace {{ $labels.namespace }} loses {{ $value | humanize }} spans a second, as it cannot send them, and has sent none for 5 minutes.',
    },
  ];
}

function requests(): AlertGroup['rules'] {
  const duration = 'tracewright_requests_duration_seconds';
  const some = `sum by (${byApplication}) (increase(${duration}_count[5m])) > 20`;
  const failed = 'tracewright_request_state="failed"';
  const unfinished = 'tracewright_requests_unfinished';
  return [
    {
      name: 'TracewrightRequestErrors',
      severity: 'critical',
      expr: `${shareOf(`rate(${duration}_count{${failed}}[5m])`, `rate(${duration}_count[5m])`, byApplication)} > 0.05 and ${some}`,
      forMinutes: 5,
      summary: 'Many requests to an application fail.',
      description:
        '{{ $value | humanizePercentage }} of the requests to application {{ $labels.job }} in namespace {{ $labels.namespace }} fail.',
    },
    {
      name: 'TracewrightRequestsSlow',
      severity: 'warning',
      expr: `${quantile(0.95, `rate(${duration}_bucket[5m])`, byApplication)} > 2 and ${some}`,
      forMinutes: 10,
      summary: 'An application answers slowly.',
      description:
        'One in twenty of the requests to application {{ $labels.job }} in namespace {{ $labels.namespace }} takes {{ $value | humanizeDuration }} or longer.',
    },
    {
      name: 'TracewrightRequestsStuck',
      severity: 'warning',
      // The time that requests took which ended, per second, is how many of these were under way (Little's law). The rest stays.
      expr: `sum by (${byApplication}) (min_over_time(${unfinished}[15m])) - 2 * (sum by (${byApplication}) (rate(${duration}_sum[15m])) or 0 * sum by (${byApplication}) (${unfinished})) > 5`,
      forMinutes: 5,
      summary: 'Requests to an application do not end.',
      description:
        'About {{ $value | humanize }} requests to application {{ $labels.job }} in namespace {{ $labels.namespace }} have been under way for 15 minutes, beside those that come and go.',
    },
  ];
}

function process(): AlertGroup['rules'] {
  const overflow = [
    'tracewright_metrics_overflowed_total',
    'tracewright_metrics_dropped_total{reason="tooManySeries"}',
  ].map((series) => `sum by (${byApplication}) (rate(${series}[10m]))`);
  return [
    {
      name: 'TracewrightEventLoopDelayed',
      severity: 'warning',
      expr: 'avg_over_time(nodejs_eventloop_delay_p99_seconds[5m]) > 0.25',
      forMinutes: 5,
      summary: 'The event loop of an application is blocked again and again.',
      description:
        'The event loop of pod {{ $labels.pod }} in namespace {{ $labels.namespace }} is {{ $value | humanizeDuration }} late in one of a hundred turns: all that the process does waits for so long.',
    },
    {
      name: 'TracewrightMemoryNearLimit',
      severity: 'warning',
      expr: 'container_memory_working_set_bytes / tracewright_container_memory_limit_bytes > 0.9 or tracewright_v8js_heap_used_bytes / tracewright_v8js_heap_limit_bytes > 0.9',
      forMinutes: 10,
      summary: 'An application is near the end of its memory.',
      description:
        'Pod {{ $labels.pod }} in namespace {{ $labels.namespace }} uses {{ $value | humanizePercentage }} of the memory of its container or of its heap. At the limit it is killed.',
    },
    {
      name: 'TracewrightMetricsSeriesOverflow',
      severity: 'warning',
      expr: `${overflow.join(' + ')} > 0`,
      forMinutes: 10,
      summary: 'A metric of an application has more series than are kept.',
      description:
        'Application {{ $labels.job }} in namespace {{ $labels.namespace }} makes {{ $value | humanize }} measurements a second with attributes that are not told apart any more.',
    },
  ];
}

function errors(): AlertGroup['rules'] {
  const changes = (change: string): string =>
    `tracewright_errors_group_changes_total{tracewright_error_change="${change}"}`;
  const byCategory = `${byApplication}, tracewright_error_category`;
  return [
    {
      name: 'TracewrightCriticalErrors',
      severity: 'critical',
      expr: `${eventsWithin(15, 'tracewright_errors_captured_total{tracewright_error_severity="critical"}', byCategory)} > 0`,
      forMinutes: 0,
      summary: 'An application has had critical errors.',
      description:
        'Application {{ $labels.job }} in namespace {{ $labels.namespace }} has had about {{ $value | humanize }} critical errors of category "{{ $labels.tracewright_error_category }}" in 15 minutes.',
    },
    {
      name: 'TracewrightErrorsSpiking',
      severity: 'warning',
      expr: `${eventsWithin(15, changes('spiked'), byCategory)} > 0`,
      forMinutes: 0,
      summary: 'An error of an application comes far more often than it did.',
      description:
        'About {{ $value | humanize }} groups of errors of application {{ $labels.job }} in namespace {{ $labels.namespace }}, category "{{ $labels.tracewright_error_category }}", began to spike in the last 15 minutes.',
    },
    {
      name: 'TracewrightErrorsCameBack',
      severity: 'warning',
      expr: `${eventsWithin(15, changes('regressed'), byCategory)} > 0`,
      forMinutes: 0,
      summary: 'An error of an application that was resolved is back.',
      description:
        'About {{ $value | humanize }} groups of errors of application {{ $labels.job }} in namespace {{ $labels.namespace }}, category "{{ $labels.tracewright_error_category }}", came back in the last 15 minutes.',
    },
  ];
}
