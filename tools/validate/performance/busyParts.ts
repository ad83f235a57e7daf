import type { V1Pod } from '@kubernetes/client-node';
import type { BusyPart } from './loadStep.ts';
import { busyBetween, cores, type ProcessorReadings } from './processors.ts';

/** How busy each component was, its pods together, and each node; the busiest pod decides, as load is not spread evenly. */
export function busyParts(
  pods: readonly V1Pod[],
  before: ProcessorReadings,
  after: ProcessorReadings,
  nodeProcessors: ReadonlyMap<string, number>,
): readonly BusyPart[] {
  const busy = busyBetween(before, after);
  const containers = pods.flatMap(({ metadata, spec }) =>
    (spec?.containers ?? []).flatMap(({ name, resources }): BusyPart[] => {
      const processors = busy.get(`${metadata?.namespace ?? ''}/${metadata?.name ?? ''}/${name}`);
      const limit = resources?.limits?.['cpu'];
      if (processors === undefined) return [];
      return [{ name: `${metadata?.namespace ?? ''}/${name}`, processors, ...(limit && { limit: cores(limit) }) }];
    }),
  );
  const nodes = [...nodeProcessors].flatMap(([name, limit]): BusyPart[] => {
    const processors = busy.get(`node/${name}`);
    return processors === undefined ? [] : [{ name: `node ${name}`, processors, limit }];
  });
  return [...busiestOfEach(containers), ...nodes];
}

function busiestOfEach(parts: readonly BusyPart[]): BusyPart[] {
  const byName = Map.groupBy(parts, ({ name }) => name);
  return [...byName.values()].map((same) => same.reduce((a, b) => (b.processors > a.processors ? b : a)));
}
