import { expect, test } from 'vitest';
import { readExposition, readUdpCounts } from '../../../faults/support/exposition.ts';
import { wireReadings } from '../../../faults/support/wire.ts';

const snmp = (received: number, sent: number): string =>
  `Ip: Forwarding\nIp: 1\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdp: ${received} 0 0 ${sent} 0\n`;

function lostPackets(samples: readonly Readonly<Record<string, string>>[]): readonly number[] {
  const given = samples.map((snmpByPod, index) => ({ askedAt: index, at: index, snmpByPod }));
  return wireReadings('shop', given).map(({ counters }) => counters['lost_packets'] ?? NaN);
}

test('the kernel’s counters are read by their names', () => {
  expect(readUdpCounts(snmp(7, 9))).toEqual({ inDatagrams: 7, outDatagrams: 9 });
});

test('a kernel without them is told', () => {
  expect(() => readUdpCounts('Ip: 1')).toThrow(new TypeError('there is no InDatagrams of UDP in:\nIp: 1'));
});

test('lost is what left and did not arrive', () => {
  expect(
    lostPackets([
      { shop: snmp(0, 10), agent: snmp(100, 0) },
      { shop: snmp(0, 14), agent: snmp(104, 0) },
      { shop: snmp(0, 20), agent: snmp(107, 0) },
    ]),
  ).toEqual([0, 0, 3]);
});

test('an agent’s own questions to DNS and their answers are no packets of the application', () => {
  expect(
    lostPackets([
      { shop: snmp(0, 10), agent: snmp(100, 50) },
      { shop: snmp(0, 10), agent: snmp(100, 52) },
      { shop: snmp(0, 12), agent: snmp(104, 52) },
      { shop: snmp(0, 15), agent: snmp(104, 52) },
    ]),
  ).toEqual([0, 0, 0, 3]);
});

test('what an agent took that is gone is not forgotten', () => {
  expect(
    lostPackets([
      { shop: snmp(0, 10), agent: snmp(100, 0) },
      { shop: snmp(0, 15), agent: snmp(105, 0) },
      { shop: snmp(0, 18), agent: '' },
    ]),
  ).toEqual([0, 0, 3]);
});

test('what a collector did not save is no part of what it saved', () => {
  const text = [
    'process_start_time_seconds 1.5',
    'jaeger_collector_spans_received_total{svc="a"} 12',
    'jaeger_collector_spans_received_total{svc="b"} 3',
    'jaeger_collector_spans_saved_by_svc_total{result="ok",svc="a"} 10',
    'jaeger_collector_spans_saved_by_svc_total{result="err",svc="a"} 4',
  ].join('\n');
  expect(readExposition('collector', text)).toMatchObject({
    startedAt: 1500,
    counters: { spans_received: 15, spans_saved: 10, spans_not_saved: 4, spans_dropped: 0 },
  });
});

test('metrics without the start of the process are refused', () => {
  expect(() => readExposition('agent', 'other 1')).toThrow('agent shows no process_start_time_seconds');
});

test('a batch that no collector took is no packet that could not be decoded', () => {
  const shown = (errors: number): string =>
    [
      'process_start_time_seconds 1.5',
      'jaeger_agent_reporter_batches_failures_total{format="jaeger"} 3',
      `jaeger_agent_thrift_udp_t_processor_handler_errors_total{model="jaeger"} ${errors}`,
    ].join('\n');
  expect([2, 3, 5].map((errors) => readExposition('agent', shown(errors)).counters['undecodable'])).toEqual([0, 0, 2]);
});
