// node quantileErrors.ts SEED: records 100,000 values of each of four distributions in a histogram, keeps them in a series, and
// prints the largest relative error of a percentile of each.
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { MetricsProvider } from '../../../../runtime/src/performance/metrics/metricsProvider.ts';
import { SeriesStore } from '../../../../runtime/src/performance/series/seriesStore.ts';
import { distributions, largestRelativeError } from '../../distributions.ts';

const COUNT = 100_000;
const errors: Record<string, number> = {};
for (const [name, draw] of Object.entries(distributions(Number(process.argv[2])))) errors[name] = await errorOf(draw);
process.stdout.write(JSON.stringify(errors));
process.exit(0);

async function errorOf(draw: () => number): Promise<number> {
  const provider = new MetricsProvider({ host: nodeHostProcess() });
  const histogram = provider.getMeter('bench').createHistogram('drawn');
  const store = new SeriesStore();
  // The first round says where the histogram stands, the second what was measured since.
  histogram.record(1);
  store.append(await provider.collect(), 0);
  const values = Array.from({ length: COUNT }, () => Math.max(0.001, draw()));
  for (const value of values) histogram.record(value);
  store.append(await provider.collect(), 1000);
  const summary = store.summarise({ metric: 'drawn', fromMillis: 0 });
  if (summary.verdict !== 'summarised' || summary.count !== COUNT) throw new Error('not all was kept');
  return largestRelativeError(values, (name) => summary[name]);
}
