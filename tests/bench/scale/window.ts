import { machineTime, processSeconds, type MachineTime } from '../infra/processorTime.ts';
import type { ScaleBed } from './scaleBed.ts';
import type { Strategy } from './settings.ts';

/** The programs that a span passes, the load left out. */
export const components = ['collector', 'ingester', 'kafka', 'elasticsearch'] as const;

/** One of {@link components}. */
export type Component = (typeof components)[number];

/** What is there at one moment. */
export interface Reading {
  /** Seconds of a clock that only goes forward. */
  readonly atSeconds: number;
  /** Documents that were indexed so far. */
  readonly indexed: number;
  /** Seconds of processor time so far; a component that the strategy has not is 0. */
  readonly cpuSeconds: Readonly<Record<Component, number>>;
  readonly machine: MachineTime;
}

/** What went on between two readings. */
export interface Window {
  readonly seconds: number;
  /** Spans that were stored in it. */
  readonly spans: number;
  readonly spansPerSecond: number;
  /** Seconds of processor time for each million of those spans. */
  readonly cpuSecondsPerMillion: Readonly<Record<Component | 'all', number>>;
  /** Share of the processors' time that nobody used. */
  readonly idleShare: number;
}

/** Reads how far a strategy is and what its programs have used. */
export async function takeReading(bed: ScaleBed, strategy: Strategy): Promise<Reading> {
  const indexed = await bed.indexed(strategy);
  const used = (programs: readonly { readonly pid: string }[]): number =>
    processSeconds(programs.map(({ pid }) => pid));
  const streaming = strategy === 'streaming';
  return {
    atSeconds: performance.now() / 1000,
    indexed,
    cpuSeconds: {
      collector: used(bed.collectors[strategy]),
      ingester: streaming ? used(bed.ingesters) : 0,
      kafka: streaming ? used([bed.broker]) : 0,
      elasticsearch: used([bed.storage]),
    },
    machine: machineTime(),
  };
}

/** @throws RangeError when nothing was stored in between: there is nothing to divide by. */
export function windowBetween(before: Reading, after: Reading): Window {
  const seconds = after.atSeconds - before.atSeconds;
  const spans = after.indexed - before.indexed;
  if (!(spans > 0 && seconds > 0)) throw new RangeError(`${spans} spans were stored in ${seconds} s`);
  const perMillion = (component: Component): number =>
    ((after.cpuSeconds[component] - before.cpuSeconds[component]) / spans) * 1e6;
  const own = {
    collector: perMillion('collector'),
    ingester: perMillion('ingester'),
    kafka: perMillion('kafka'),
    elasticsearch: perMillion('elasticsearch'),
  };
  const idle = after.machine.idleSeconds - before.machine.idleSeconds;
  const busy = after.machine.busySeconds - before.machine.busySeconds;
  const stolen = after.machine.stolenSeconds - before.machine.stolenSeconds;
  return {
    seconds,
    spans,
    spansPerSecond: spans / seconds,
    cpuSecondsPerMillion: { ...own, all: components.reduce((sum, component) => sum + own[component], 0) },
    idleShare: idle / (idle + busy + stolen),
  };
}
