import type { SystemReading } from '../systemMetrics.ts';
import type { FileSystemSpace, SystemPorts } from '../systemPorts.ts';
import { namedThings, nameOf } from './namedThings.ts';
import type { SystemSource } from './systemSource.ts';

const MAX_FILE_SYSTEMS = 100;
/** Each time, processes are started; space does not change that fast. */
const FRESH_MILLIS = 1000;

/** Reads the space of each mounted file system. One that is not mounted any more is not told any more. */
export function fileSystemSource(ports: SystemPorts): SystemSource {
  const source = {
    name: 'disk space',
    metrics: ['system.filesystem.usage', 'system.filesystem.limit', 'system.filesystem.utilization'],
  } as const;
  return {
    ...source,
    freshMillis: FRESH_MILLIS,
    read: async () => {
      const all = await ports.fileSystems();
      if (all.length === 0) throw new Error('told of no file system: df is missing, failed, or there is none');
      const { told, gaps } = namedThings(source, all, {
        limit: MAX_FILE_SYSTEMS,
        keyOf: ({ fs, type, mount }) => JSON.stringify([nameOf(fs), nameOf(type), nameOf(mount)]),
      });
      return { readings: told.flatMap(spaceReadings), gaps };
    },
  };
}

/** What is neither used nor free is kept back for the system. */
function spaceReadings({ fs, type, mount, size, used, available, rw }: FileSystemSpace): readonly SystemReading[] {
  const attributes = {
    'system.device': nameOf(fs),
    'system.filesystem.type': nameOf(type),
    'system.filesystem.mountpoint': nameOf(mount),
    ...(typeof rw === 'boolean' && { 'system.filesystem.mode': rw ? 'rw' : 'ro' }),
  };
  const stateReading = (state: string, value: number): SystemReading => ({
    metric: 'system.filesystem.usage',
    value,
    attributes: { ...attributes, 'system.filesystem.state': state },
  });
  const limit: SystemReading = { metric: 'system.filesystem.limit', value: size, attributes };
  // A file system without a size, such as an empty image, has no share that could be used.
  const shares: readonly SystemReading[] =
    size === 0 ? [] : [{ metric: 'system.filesystem.utilization', value: (size - available) / size, attributes }];
  return [
    stateReading('used', used),
    stateReading('free', available),
    stateReading('reserved', Math.max(0, size - used - available)),
    limit,
    ...shares,
  ];
}
