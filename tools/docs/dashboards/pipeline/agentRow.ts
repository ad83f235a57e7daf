import type { RowSpec } from '../panelSpec.ts';
import { maxOf, sumOf, sumOfRate } from '../queries.ts';

const UDP = 'jaeger_agent_thrift_udp_server';
const POD = ['pod', 'instance'] as const;

/** Spans on their way from applications to collectors. */
export const agentRow: RowSpec = {
  title: 'Agent',
  panels: [
    {
      title: 'Packets by protocol',
      description: 'UDP packets with spans that agents took and read, by protocol and data model.',
      kind: 'stacked',
      unit: 'pps',
      queries: [
        { expr: sumOfRate(['protocol', 'model'], `${UDP}_packets_processed_total`), legend: '{{model}} {{protocol}}' },
      ],
    },
    {
      title: 'Packets dropped, and not read',
      description:
        'Packets dropped as the agent’s queue was full, that could not be read from the socket, or whose content is no spans. All of them are lost; the sender does not know.',
      unit: 'pps',
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [
        {
          expr: sumOfRate(['model', 'protocol'], `${UDP}_packets_dropped_total`),
          legend: 'dropped {{model}} {{protocol}}',
        },
        {
          expr: sumOfRate(['model', 'protocol'], `${UDP}_read_errors_total`),
          legend: 'not read {{model}} {{protocol}}',
        },
        {
          expr: sumOfRate(['model', 'protocol'], 'jaeger_agent_thrift_udp_t_processor_handler_errors_total'),
          legend: 'not understood {{model}} {{protocol}}',
        },
      ],
    },
    {
      title: 'Packets in the queue',
      description: 'Packets that wait in the agent, by protocol, of the agent in which most do. It takes 1000 of each.',
      unit: 'short',
      queries: [{ expr: maxOf(['model', 'protocol'], `${UDP}_queue_size`), legend: '{{model}} {{protocol}}' }],
    },
    {
      title: 'Spans sent to collectors',
      description: 'Spans that collectors took from agents.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        { expr: sumOfRate(POD, 'jaeger_agent_reporter_spans_submitted_total'), legend: '{{pod}} {{instance}}' },
      ],
    },
    {
      title: 'Spans that no collector took',
      description: 'Spans that an agent could not hand on. It does not keep them: they are lost.',
      unit: 'cps',
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [{ expr: sumOfRate(POD, 'jaeger_agent_reporter_spans_failures_total'), legend: '{{pod}} {{instance}}' }],
    },
    {
      title: 'Agents connected to a collector',
      description: '1 while an agent has a connection, 0 while it has none.',
      unit: 'short',
      max: 1,
      queries: [
        { expr: sumOf(POD, 'jaeger_agent_connection_status_collector_connected'), legend: '{{pod}} {{instance}}' },
      ],
    },
  ],
};
