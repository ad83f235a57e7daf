import { setTimeout as sleep } from 'node:timers/promises';
import type { ScaleBed } from './scaleBed.ts';
import { components, takeReading, type Component } from './window.ts';

/** Processors that each program of the stream keeps busy while nobody sends anything. */
export type IdleCost = Readonly<Record<Component | 'all', number>>;

/** Looks on for so many seconds while nothing is sent. */
export async function measureIdle(bed: ScaleBed, seconds: number): Promise<IdleCost> {
  const before = await takeReading(bed, 'streaming');
  await sleep(seconds * 1000);
  const after = await takeReading(bed, 'streaming');
  const elapsed = after.atSeconds - before.atSeconds;
  const of = (component: Component): number => (after.cpuSeconds[component] - before.cpuSeconds[component]) / elapsed;
  return {
    collector: of('collector'),
    ingester: of('ingester'),
    kafka: of('kafka'),
    elasticsearch: of('elasticsearch'),
    all: components.reduce((sum, component) => sum + of(component), 0),
  };
}
