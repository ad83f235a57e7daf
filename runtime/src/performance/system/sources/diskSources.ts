import type { SystemMetricName, SystemReading } from '../systemMetrics.ts';
import type { SystemPorts } from '../systemPorts.ts';
import type { SystemSource } from './systemSource.ts';

/** systeminformation gives its last answer again when it is asked earlier, and says 0 for a part of it. */
export const LIBRARY_FRESH_MILLIS = 600;

const MILLIS = 1000;
const NOTHING = 'told of no disk: lsblk is missing, failed, or there is none';

/** Reads what the disks with mounted file systems moved, all together. Where it fails, systeminformation says 0. */
export function diskTrafficSource({ diskTraffic }: SystemPorts): SystemSource {
  return {
    name: 'disk traffic',
    metrics: ['system.disk.io'],
    freshMillis: LIBRARY_FRESH_MILLIS,
    read: async () => {
      const traffic = await diskTraffic();
      if (traffic === null || (traffic.rx === 0 && traffic.wx === 0)) throw new Error(NOTHING);
      return { readings: bothWays('system.disk.io', traffic.rx, traffic.wx) };
    },
  };
}

/** Reads how many operations disks did, and how long these took, all together. */
export function diskOperationSource({ diskOperations }: SystemPorts): SystemSource {
  return {
    name: 'disk operations',
    metrics: ['system.disk.operations', 'system.disk.operation_time'],
    freshMillis: LIBRARY_FRESH_MILLIS,
    read: async () => {
      const operations = await diskOperations();
      if (operations === null || (operations.rIO === 0 && operations.wIO === 0)) throw new Error(NOTHING);
      const { rIO, wIO, rWaitTime, wWaitTime } = operations;
      return {
        readings: [
          ...bothWays('system.disk.operations', rIO, wIO),
          ...bothWays('system.disk.operation_time', rWaitTime / MILLIS, wWaitTime / MILLIS),
        ],
      };
    },
  };
}

function bothWays(metric: SystemMetricName, read: number, write: number): readonly SystemReading[] {
  return [
    { metric, value: read, attributes: { 'disk.io.direction': 'read' } },
    { metric, value: write, attributes: { 'disk.io.direction': 'write' } },
  ];
}
