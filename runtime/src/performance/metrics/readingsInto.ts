import type { ReadingRound, ReadMetric } from '../metricReading.ts';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { MetricRegistry } from './metricRegistry.ts';
import type { MetricScope } from './metricSnapshot.ts';
import { ObservedMetric } from './observedMetric.ts';

/**
 * Registers metrics whose values are read in rounds.
 *
 * @returns puts a round in the place of the one before. Never throws.
 */
export function readingsInto(
  registry: MetricRegistry,
  ports: MetricPorts,
  scope: MetricScope,
  metrics: readonly ReadMetric[],
): (round: ReadingRound) => void {
  const byName = new Map<string, ObservedMetric>();
  for (const { name, kind, unit, description } of metrics) {
    const descriptor: InstrumentDescriptor = { scope, name, kind, unit, description, origin: 'read', isInteger: false };
    const metric = registry.register(descriptor, ObservedMetric, () => new ObservedMetric(descriptor, ports));
    if (metric !== undefined) byName.set(name, metric);
  }
  return ({ readings }) => {
    const round = new Map([...byName].map(([name, metric]) => [name, { metric, values: metric.newValues() }]));
    for (const { metric, value, attributes } of readings) round.get(metric)?.values.observe(value, attributes);
    for (const { metric, values } of round.values()) metric.replace(values);
  };
}
