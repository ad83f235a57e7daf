import type { Reading } from '../accounting/reading.ts';
import { readUdpCounts } from './exposition.ts';

/** `/proc/PID/net/snmp` of the application's pod and of agents' pods, all read at one moment. */
export interface WireSample {
  readonly askedAt: number;
  readonly at: number;
  readonly snmpByPod: Readonly<Record<string, string>>;
}

/**
 * How many packets of the application no agent's socket took, so far: what left its pod and did not arrive in any agent's. Agents
 * ask DNS over UDP too: a question of theirs is taken for an answer that arrived, so that one without an answer counts as a loss,
 * never the other way. What seems lost and is not, a moment later, was on its way.
 *
 * @param application - name of its pod
 */
export function wireReadings(application: string, samples: readonly WireSample[]): readonly Reading[] {
  const first = new Map<string, number>();
  const latest = new Map<string, number>();
  const lost = samples.map(({ snmpByPod }) => {
    for (const [pod, snmp] of Object.entries(snmpByPod)) {
      if (snmp === '') continue;
      const { inDatagrams, outDatagrams } = readUdpCounts(snmp);
      const count = pod === application ? outDatagrams : outDatagrams - inDatagrams;
      if (!first.has(pod)) first.set(pod, count);
      latest.set(pod, count);
    }
    return [...latest].reduce((sum, [pod, count]) => sum + count - (first.get(pod) ?? 0), 0);
  });
  let least = Infinity;
  const settled = lost.toReversed().map((count) => (least = Math.min(least, count)));
  return samples.map(({ askedAt, at }, index) => ({
    source: 'wire',
    pod: 'kernel',
    startedAt: 0,
    askedAt,
    at,
    counters: { lost_packets: Math.max(0, settled.at(-1 - index) ?? 0) },
  }));
}
