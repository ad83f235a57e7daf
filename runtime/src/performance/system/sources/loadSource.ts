import type { SystemPorts } from '../systemPorts.ts';
import type { SystemSource } from './systemSource.ts';

/** Reads the load averages. Windows has none, and Node then says 0. */
export function loadSource({ platform, loadAverages }: SystemPorts): SystemSource {
  return {
    name: 'load',
    metrics: [
      'tracewright.system.load_average.1m',
      'tracewright.system.load_average.5m',
      'tracewright.system.load_average.15m',
    ],
    read: () => {
      if (platform === 'win32') throw new Error('Windows has no load averages');
      const [one = Number.NaN, five = Number.NaN, fifteen = Number.NaN] = loadAverages();
      return {
        readings: [
          { metric: 'tracewright.system.load_average.1m', value: one },
          { metric: 'tracewright.system.load_average.5m', value: five },
          { metric: 'tracewright.system.load_average.15m', value: fifteen },
        ],
      };
    },
  };
}
