import { median, none, observe, type Figure, type Measured } from '../figure.ts';
import type { FigureOptions } from './benchStrategies.ts';
import { measureIdle, type IdleCost } from './idleCost.ts';
import { measureLoaded, type LoadedRun } from './loadedRun.ts';
import { observeWindows } from './observeWindows.ts';
import type { ScaleBed } from './scaleBed.ts';
import { components, type Component } from './window.ts';

/** Spans a second: what two cores carry with everything on them and room to spare, and a tenth of it. */
const RATES = [300, 3000] as const;

const MOST = 1.15;

/** What a million spans cost each program of the stream at a tenth of a load, and at all of it. */
export async function benchCosts(bed: ScaleBed, { runs, seconds, report }: FigureOptions): Promise<Measured> {
  const measured = RATES.map((rate) => ({ rate, runs: [] as LoadedRun[] }));
  const idle: IdleCost[] = [];
  for (let run = 1; run <= runs; run += 1) {
    idle.push(await measureIdle(bed, seconds));
    for (const { rate, runs: ofRate } of measured) {
      const service = `steady-${rate}-${run}`;
      const result = await measureLoaded(bed, 'streaming', { service, seconds, spansPerSecond: rate });
      report(
        `${rate} spans/s, run ${run}: ${result.cpuSecondsPerMillion.all.toFixed(0)} s of processor time a million`,
      );
      ofRate.push(result);
    }
  }
  const lost = measured.flatMap(({ runs: ofRate }) => ofRate.map((run) => run.lost));
  return {
    figures: [
      spreadOverLoads('all', measured, idle),
      ...components.map((component) => spreadOverLoads(component, measured, idle)),
      none('spans lost at these loads', lost, 'spans'),
    ],
    observations: [
      ...measured.flatMap(({ rate, runs: ofRate }) => observeWindows(`${rate} spans a second`, ofRate)),
      ...([...components, 'all'] as const).map((component) =>
        observe(
          `nothing sent: processors busy, ${component}`,
          idle.map((cost) => cost[component]),
          'processors',
        ),
      ),
    ],
  };
}

/** The costs of a load. */
interface CostsOfRate {
  readonly rate: number;
  readonly runs: readonly Pick<LoadedRun, 'cpuSecondsPerMillion'>[];
}

/**
 * The dearest load to the cheapest one, of the medians; each run is the dearest to the cheapest of that run. The note says how much
 * of each is what the programs take without any span.
 */
export function spreadOverLoads(
  component: Component | 'all',
  loads: readonly CostsOfRate[],
  idle: readonly IdleCost[],
): Figure {
  const busy = median(idle.map((cost) => cost[component]));
  const costs = loads.map(({ runs }) => runs.map(({ cpuSecondsPerMillion }) => cpuSecondsPerMillion[component]));
  const ratio = spread(costs.map(median));
  const first = costs[0] ?? [];
  return {
    name: `processor time of a span over a tenfold load, ${component}`,
    value: ratio,
    unit: 'x',
    goal: `<= ${MOST} x`,
    ok: ratio <= MOST,
    runs: first.map((_, run) => spread(costs.map((ofRate) => ofRate[run] ?? NaN))),
    note:
      `medians of a million spans: ${loads.map(({ rate }, index) => describeCost(rate, median(costs[index] ?? []), busy)).join(', ')}; ` +
      `with nothing to do it keeps ${busy.toFixed(3)} processors busy`,
  };
}

function describeCost(rate: number, cost: number, busy: number): string {
  return `${cost.toFixed(0)} s at ${rate} spans/s (${((busy / rate) * 1e6).toFixed(0)} s of it without any span)`;
}

function spread(values: readonly number[]): number {
  return Math.round((Math.max(...values) / Math.min(...values)) * 1000) / 1000;
}
