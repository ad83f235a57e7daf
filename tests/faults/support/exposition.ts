import { sumOfMetric } from '../../support/sumOfMetric.ts';

const METRICS = {
  agent: {
    packets_dropped: 'jaeger_agent_thrift_udp_server_packets_dropped_total',
    read_errors: 'jaeger_agent_thrift_udp_server_read_errors_total',
    handler_errors: 'jaeger_agent_thrift_udp_t_processor_handler_errors_total',
    batches_failures: 'jaeger_agent_reporter_batches_failures_total',
    spans_submitted: 'jaeger_agent_reporter_spans_submitted_total',
    spans_failures: 'jaeger_agent_reporter_spans_failures_total',
  },
  collector: {
    spans_received: 'jaeger_collector_spans_received_total',
    spans_dropped: 'jaeger_collector_spans_dropped_total',
    spans_rejected: 'jaeger_collector_spans_rejected_total',
    spans_saved_by_result: 'jaeger_collector_spans_saved_by_svc_total',
    bulk_inserts: 'jaeger_bulk_index_inserts_total',
    bulk_errors: 'jaeger_bulk_index_errors_total',
  },
} as const;

const START = 'process_start_time_seconds';

/** Which lines of a component's metrics are read, as a regular expression. */
export function wantedLines(source: keyof typeof METRICS): string {
  return `^(${[START, ...Object.values(METRICS[source])].join('|')})[{ ]`;
}

/** A component's counters by short names, and when its process started. */
export function readExposition(source: keyof typeof METRICS, text: string) {
  const startedAt = sumOfMetric(text, START) * 1000;
  if (startedAt === 0) throw new Error(`${source} shows no ${START}:\n${text}`);
  const counters: Record<string, number> = {};
  for (const [name, metric] of Object.entries(METRICS[source])) counters[name] = sumOfMetric(text, metric);
  if (source === 'agent') {
    // A batch that no collector took is an error of the handler as well.
    const { handler_errors: errors = 0, batches_failures: failed = 0 } = counters;
    counters['undecodable'] = Math.max(0, errors - failed);
  }
  if (source === 'collector') {
    const lines = text.split('\n').filter((line) => line.includes('result="err"'));
    const notSaved = sumOfMetric(lines.join('\n'), METRICS.collector.spans_saved_by_result);
    counters['spans_not_saved'] = notSaved;
    counters['spans_saved'] = (counters['spans_saved_by_result'] ?? 0) - notSaved;
  }
  return { startedAt, counters };
}

/** What the kernel counted of UDP in one network. */
export interface UdpCounts {
  readonly inDatagrams: number;
  readonly outDatagrams: number;
}

/** Reads `/proc/PID/net/snmp`. @throws TypeError when it has no line about UDP. */
export function readUdpCounts(snmp: string): UdpCounts {
  const [names = [], values = []] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  const valueOf = (name: string): number => {
    const value = Number(values[names.indexOf(name)]);
    if (!Number.isInteger(value)) throw new TypeError(`there is no ${name} of UDP in:\n${snmp}`);
    return value;
  };
  return { inDatagrams: valueOf('InDatagrams'), outDatagrams: valueOf('OutDatagrams') };
}
