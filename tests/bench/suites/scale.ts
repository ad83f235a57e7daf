import { loadavg } from 'node:os';
import { benchCosts } from '../scale/benchCosts.ts';
import { benchIngesters } from '../scale/benchIngesters.ts';
import { benchOutages } from '../scale/benchOutages.ts';
import { benchStrategies } from '../scale/benchStrategies.ts';
import { observeDisk, observeMemory } from '../scale/footprint.ts';
import { ScaleBed } from '../scale/scaleBed.ts';
import { observe, type Measured } from '../figure.ts';

/** How the suite `scale` is run. */
export interface ScaleBenchOptions {
  /** Runs of each figure. */
  readonly runs: number;
  /** Seconds for which each run is measured while it is steady. */
  readonly seconds: number;
  readonly report: (text: string) => void;
}

/** Both strategies against each other, ingesters, costs over a range of loads, and outages of the storage. */
export async function benchScale(options: ScaleBenchOptions): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  await using bed = await ScaleBed.start();
  options.report('both pipelines are ready');
  // Outages come last: an Elasticsearch that was started again has to compile its code anew.
  const measured = [
    await benchStrategies(bed, options),
    await benchCosts(bed, options),
    await benchIngesters(bed, options),
  ];
  const footprint = [...(await observeDisk(bed)), ...observeMemory(bed)];
  measured.push(await benchOutages(bed, options));
  return {
    figures: measured.flatMap(({ figures }) => figures),
    observations: [
      observe('load average of the machine when the suite began', [load], 'processes'),
      ...measured.flatMap(({ observations = [] }) => observations),
      ...footprint,
    ],
  };
}
