import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack } from '../monitoredStack.ts';
import { podsOf, shareBeside } from '../promql.ts';
import { noneAnswers } from './noneAnswers.ts';

/** Alerts of the agents: whether they are there, and whether what they take gets on. */
export function agentAlerts(stack: MonitoredStack): AlertGroup {
  const pods = podsOf('agent', stack);
  const udp = 'jaeger_agent_thrift_udp_server_packets';
  const reported = 'jaeger_agent_reporter_spans';
  return {
    name: 'tracewright-agent',
    rules: [
      {
        ...noneAnswers('agent', stack),
        name: 'JaegerAgentDown',
        summary: 'No Jaeger agent answers.',
        description:
          'No agent in namespace {{ $labels.namespace }} has answered a scrape for 5 minutes. Applications that send over UDP lose every span, and are not told.',
      },
      {
        name: 'JaegerAgentPacketsDropped',
        severity: 'warning',
        expr: `${shareBeside(
          `increase(${udp}_dropped_total{${pods}}[10m])`,
          `increase(${udp}_processed_total{${pods}}[10m])`,
          'namespace, pod',
        )} > 0.01`,
        forMinutes: 2,
        summary: 'A Jaeger agent drops packets, as it does not get rid of them in time.',
        description:
          'Agent {{ $labels.pod }} dropped {{ $value | humanizePercentage }} of the packets of the last 10 minutes: its queues are full. The spans in them are lost.',
      },
      {
        name: 'JaegerAgentPacketsUnreadable',
        severity: 'warning',
        expr: `sum by (namespace, pod, protocol) (rate(jaeger_agent_thrift_udp_t_processor_handler_errors_total{${pods}}[5m])) > 0`,
        forMinutes: 10,
        summary: 'A Jaeger agent gets packets that it cannot read.',
        description:
          'Agent {{ $labels.pod }} gets {{ $value | humanize }} packets a second that are not in the protocol "{{ $labels.protocol }}" of their port. Their spans are lost: somebody sends to the wrong port.',
      },
      {
        name: 'JaegerAgentSpansFailing',
        severity: 'critical',
        expr: `${shareBeside(
          `increase(${reported}_failures_total{${pods}}[10m])`,
          `increase(${reported}_submitted_total{${pods}}[10m])`,
          'namespace, pod',
        )} > 0.05`,
        forMinutes: 2,
        summary: 'A Jaeger agent cannot hand its spans to a collector.',
        description:
          'Agent {{ $labels.pod }} could not hand {{ $value | humanizePercentage }} of the spans of the last 10 minutes to a collector. They are lost: agents send each batch once.',
      },
    ],
  };
}
