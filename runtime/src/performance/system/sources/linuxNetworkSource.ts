import { readIfThere } from '../readIfThere.ts';
import type { SystemReading } from '../systemMetrics.ts';
import type { SystemPorts } from '../systemPorts.ts';
import { receivedAndTransmitted } from './directions.ts';
import { namedThings, nameOf } from './namedThings.ts';
import type { SystemSource } from './systemSource.ts';

const INTERFACES = '/sys/class/net';
const MAX_INTERFACES = 32;
const COUNTED = [
  ['system.network.io', 'bytes'],
  ['system.network.errors', 'errors'],
  ['system.network.packet.dropped', 'dropped'],
] as const;

/**
 * Reads what each network interface moved from `/sys/class/net`, where the kernel counts it. One that is gone is not told
 * any more; what has no statistics is none.
 *
 * systeminformation (5.33.23) starts eight processes for each, and the end of each process interrupts the event loop of the
 * application.
 */
export function linuxNetworkSource(ports: SystemPorts): SystemSource {
  const source = { name: 'network', metrics: COUNTED.map(([metric]) => metric) };
  return {
    ...source,
    read: () => {
      // Beside them is a file, `bonding_masters`, where interfaces are bonded.
      const all = ports.directoryNames(INTERFACES);
      if (all.length === 0) throw new Error('there is no interface');
      const { told, gaps } = namedThings(source, all, { limit: MAX_INTERFACES, keyOf: nameOf });
      return { readings: told.flatMap((name) => trafficReadings(ports, name)), gaps };
    },
  };
}

/** An interface can go while it is read: what was read of it until then is left out. */
function trafficReadings(ports: SystemPorts, name: string): readonly SystemReading[] {
  const texts = COUNTED.map(([metric, counted]) => {
    const directory = `${INTERFACES}/${name}/statistics`;
    return { metric, texts: ['rx', 'tx'].map((way) => readIfThere(ports, `${directory}/${way}_${counted}`)) };
  });
  if (texts.some((each) => each.texts.includes(undefined))) return [];
  return texts.flatMap(({ metric, texts: [received, transmitted] }) =>
    receivedAndTransmitted(metric, [numberOf(received), numberOf(transmitted)], nameOf(name)),
  );
}

/** What is no number is NaN, of which a gap is made. */
function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}
