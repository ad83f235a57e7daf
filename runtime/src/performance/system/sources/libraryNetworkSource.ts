import type { MetricGap } from '../../metricReading.ts';
import type { SystemReading } from '../systemMetrics.ts';
import type { InterfaceTraffic, SystemPorts } from '../systemPorts.ts';
import { receivedAndTransmitted } from './directions.ts';
import { LIBRARY_FRESH_MILLIS } from './libraryDiskSources.ts';
import { namedThings, nameOf } from './namedThings.ts';
import type { SystemSource } from './systemSource.ts';

/** systeminformation starts processes for each. */
const MAX_INTERFACES = 32;
/** Names go into the command line of a shell, of which systeminformation takes out what could be harmful: none of these. */
const ASKED_NAME = /^[\w.:][\w.: -]{0,63}$/;

/** Reads what each network interface moved, where it is not Linux. One that is gone is not told any more. */
export function libraryNetworkSource(ports: SystemPorts): SystemSource {
  const source = {
    name: 'network',
    metrics: ['system.network.io', 'system.network.errors', 'system.network.packet.dropped'],
  } as const;
  let askedBefore: ReadonlySet<string> = new Set();
  return {
    ...source,
    freshMillis: LIBRARY_FRESH_MILLIS,
    read: async () => {
      const all = ports.interfaceNames();
      if (all.length === 0) throw new Error('there is no interface');
      const { told, gaps } = namedThings(source, all, { limit: MAX_INTERFACES, keyOf: nameOf });
      const asked = told.filter((name) => ASKED_NAME.test(name));
      const strange = told.filter((name) => !ASKED_NAME.test(name));
      const before = askedBefore;
      askedBefore = new Set(asked);
      const answers =
        asked.length === 0 ? [] : (await ports.interfaces(asked)).filter(({ iface }) => askedBefore.has(iface));
      const silent = answers.filter(isSilent).map(({ iface }) => iface);
      return {
        readings: answers.filter((answer) => !isSilent(answer)).flatMap(trafficReadings),
        gaps: [
          ...gaps,
          ...gapFor(strange, 'is no name to ask for'),
          // The first time it may be one that has moved nothing; the second time it is one that could not be read.
          ...gapFor(
            silent.filter((name) => before.has(name)),
            'could not be read',
          ),
        ],
      };
    },
  };

  function gapFor(names: readonly string[], reason: string): readonly MetricGap[] {
    if (names.length === 0) return [];
    return [{ source: source.name, metrics: source.metrics, reason: `${nameOf(names.join(', '))}: ${reason}` }];
  }
}

function isSilent({ ms, rx_bytes, tx_bytes }: InterfaceTraffic): boolean {
  return ms === 0 && rx_bytes === 0 && tx_bytes === 0;
}

function trafficReadings(traffic: InterfaceTraffic): readonly SystemReading[] {
  const name = nameOf(traffic.iface);
  return [
    ...receivedAndTransmitted('system.network.io', [traffic.rx_bytes, traffic.tx_bytes], name),
    ...receivedAndTransmitted('system.network.errors', [traffic.rx_errors, traffic.tx_errors], name),
    ...receivedAndTransmitted('system.network.packet.dropped', [traffic.rx_dropped, traffic.tx_dropped], name),
  ];
}
