import type { SystemPorts } from '../systemPorts.ts';
import { readAndWritten } from './directions.ts';
import { SteadyCounter } from './steadyCounter.ts';
import type { SystemSource } from './systemSource.ts';

/** systeminformation gives its last answer again when it is asked earlier, and says 0 for a part of it. */
export const LIBRARY_FRESH_MILLIS = 600;

const NOTHING = 'told of no disk: the system does not tell, or there is none';

/** Reads what all disks moved, where it is not Linux. Where it fails, systeminformation says 0. */
export function libraryDiskTrafficSource({ diskTraffic }: SystemPorts): SystemSource {
  const read = new SteadyCounter();
  const written = new SteadyCounter();
  return {
    name: 'disk traffic',
    metrics: ['system.disk.io'],
    freshMillis: LIBRARY_FRESH_MILLIS,
    read: async () => {
      const traffic = await diskTraffic();
      if (traffic === null || (traffic.rx === 0 && traffic.wx === 0)) throw new Error(NOTHING);
      return { readings: readAndWritten('system.disk.io', [read.steady(traffic.rx), written.steady(traffic.wx)]) };
    },
  };
}

/** Reads how many operations all disks did, where it is not Linux; how long these took nobody tells there. */
export function libraryDiskOperationSource({ diskOperations }: SystemPorts): SystemSource {
  const read = new SteadyCounter();
  const written = new SteadyCounter();
  return {
    name: 'disk operations',
    metrics: ['system.disk.operations'],
    freshMillis: LIBRARY_FRESH_MILLIS,
    read: async () => {
      const operations = await diskOperations();
      if (operations === null || (operations.rIO === 0 && operations.wIO === 0)) throw new Error(NOTHING);
      return {
        readings: readAndWritten('system.disk.operations', [
          read.steady(operations.rIO),
          written.steady(operations.wIO),
        ]),
      };
    },
  };
}
