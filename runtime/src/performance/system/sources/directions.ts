import type { SystemMetricName, SystemReading } from '../systemMetrics.ts';

/** What something read and wrote, as two readings; `attributes` say what it is. */
export function readAndWritten(
  metric: SystemMetricName,
  [read, written]: readonly [read: number, written: number],
  attributes: Readonly<Record<string, string>> = {},
): readonly SystemReading[] {
  return [
    { metric, value: read, attributes: { ...attributes, 'disk.io.direction': 'read' } },
    { metric, value: written, attributes: { ...attributes, 'disk.io.direction': 'write' } },
  ];
}

/** What an interface received and transmitted, as two readings. */
export function receivedAndTransmitted(
  metric: SystemMetricName,
  [received, transmitted]: readonly [received: number, transmitted: number],
  interfaceName: string,
): readonly SystemReading[] {
  const attributes = { 'network.interface.name': interfaceName };
  return [
    { metric, value: received, attributes: { ...attributes, 'network.io.direction': 'receive' } },
    { metric, value: transmitted, attributes: { ...attributes, 'network.io.direction': 'transmit' } },
  ];
}
