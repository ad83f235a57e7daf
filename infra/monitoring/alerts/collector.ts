import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack } from '../monitoredStack.ts';
import { podsOf, quantile, shareOf } from '../promql.ts';
import { noneAnswers } from './noneAnswers.ts';

/** Alerts of the collectors: whether they are there, and whether they get rid of what they take. */
export function collectorAlerts(stack: MonitoredStack): AlertGroup {
  const pods = podsOf('collector', stack);
  const saved = 'jaeger_collector_spans_saved_by_svc_total';
  return {
    name: 'tracewright-collector',
    rules: [
      {
        ...noneAnswers('collector', stack),
        name: 'JaegerCollectorDown',
        summary: 'No Jaeger collector answers.',
        description:
          'No collector in namespace {{ $labels.namespace }} has answered a scrape for 5 minutes. Nobody takes spans, and applications get no sampling strategies.',
      },
      {
        name: 'JaegerCollectorQueueNearlyFull',
        severity: 'warning',
        expr: `avg_over_time(jaeger_collector_queue_length{${pods}}[5m]) / jaeger_collector_queue_capacity{${pods}} > 0.8`,
        forMinutes: 2,
        summary: "A Jaeger collector's queue is nearly full.",
        description:
          '{{ $value | humanizePercentage }} of the queue of collector {{ $labels.pod }} is in use, on average of 5 minutes: what is behind it takes spans more slowly than they come. When it is full, spans are dropped.',
      },
      {
        name: 'JaegerCollectorSpansDropped',
        severity: 'critical',
        expr: `${shareOf(
          `increase(jaeger_collector_spans_dropped_total{${pods}}[10m])`,
          `increase(jaeger_collector_spans_received_total{${pods}}[10m])`,
          'namespace, pod',
        )} > 0.01`,
        forMinutes: 2,
        summary: 'A Jaeger collector drops spans, as its queue is full.',
        description:
          'Collector {{ $labels.pod }} dropped {{ $value | humanizePercentage }} of the spans of the last 10 minutes: its queue is full. They are lost.',
      },
      {
        name: 'JaegerCollectorSaveErrors',
        severity: 'critical',
        expr: `${shareOf(`increase(${saved}{result="err",${pods}}[10m])`, `increase(${saved}{${pods}}[10m])`, 'namespace, pod')} > 0.01`,
        forMinutes: 2,
        summary: 'A Jaeger collector cannot save spans.',
        description:
          'Collector {{ $labels.pod }} could not save {{ $value | humanizePercentage }} of the spans of the last 10 minutes. They are lost; its log says why.',
      },
      {
        name: 'JaegerCollectorSavingSlow',
        severity: 'warning',
        expr: `${quantile(0.95, `rate(jaeger_collector_save_latency_bucket{${pods}}[5m])`, 'namespace, pod')} > 1`,
        forMinutes: 10,
        summary: 'A Jaeger collector waits long for what it saves spans in.',
        description:
          'Of the spans that collector {{ $labels.pod }} saves, one in twenty takes {{ $value | humanizeDuration }} or longer: what is behind it is at its limit, and the queue will fill.',
      },
    ],
  };
}
