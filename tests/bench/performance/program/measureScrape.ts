// node measureScrape.ts SIDE SCRAPES: prints the milliseconds of processor time that a scrape of 10,000 series takes, up to the
// last character of the text. `ours` is MetricsProvider and the writer of Prometheus' text, `peer` the registry of prom-client.
import { Counter, Gauge, Registry } from 'prom-client';
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { LabelTexts } from '../../../../runtime/src/export/prometheus/labelTexts.ts';
import { PROMETHEUS_TEXT } from '../../../../runtime/src/export/prometheus/expositionFormat.ts';
import { writeExposition } from '../../../../runtime/src/export/prometheus/writeExposition.ts';
import { MetricsProvider } from '../../../../runtime/src/performance/metrics/metricsProvider.ts';
import { parseSide } from '../../side.ts';

const METRICS = 10;
const SERIES_OF_METRIC = 1000;
const WARM_UP_SCRAPES = 20;
const MICROSECONDS = 1000;
const HELP = 'What is counted here.';

type Change = () => void;
let change: Change = () => undefined;

const [sideName, scrapes] = process.argv.slice(2);
const scrape = parseSide(sideName) === 'ours' ? ours() : promClient();
for (let done = 0; done < WARM_UP_SCRAPES; done += 1) await scrape();
const count = Number(scrapes);
const before = process.cpuUsage();
let characters = 0;
for (let done = 0; done < count; done += 1) {
  // As in an application that is scraped: all values have changed.
  change();
  characters += (await scrape()).length;
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({ millis: (user + system) / MICROSECONDS / count, kilobytes: characters / count / 1000 }),
);
process.exit(0);

function labelsOf(series: number): Record<string, string> {
  return { route: `/things${series % 50}/:id`, method: series % 2 === 0 ? 'GET' : 'POST', shop: `shop-${series}` };
}

function forAll(add: (metric: number, labels: Record<string, string>) => void): Change {
  const labels = Array.from({ length: SERIES_OF_METRIC }, (_, series) => labelsOf(series));
  const addAll = (): void => {
    for (let metric = 0; metric < METRICS; metric += 1) for (const each of labels) add(metric, each);
  };
  addAll();
  return addAll;
}

function ours(): () => Promise<string> {
  const provider = new MetricsProvider({ host: nodeHostProcess(), maxSeriesPerMetric: SERIES_OF_METRIC + 1 });
  const meter = provider.getMeter('shop');
  const instruments = Array.from({ length: METRICS }, (_, metric) =>
    metric % 2 === 0
      ? meter.createCounter(`counted.${metric}`, { description: HELP })
      : meter.createUpDownCounter(`level.${metric}`, { description: HELP }),
  );
  change = forAll((metric, labels) => instruments[metric]?.add(1.5, labels));
  // Kept from scrape to scrape, as the handler does.
  const labels = new LabelTexts();
  return async () => {
    let text = '';
    const metrics = await provider.collect();
    for (const chunk of writeExposition(metrics, PROMETHEUS_TEXT, { scopeLabels: false }, labels)) text += chunk;
    return text;
  };
}

function promClient(): () => Promise<string> {
  const registry = new Registry();
  const labelNames = ['route', 'method', 'shop'];
  const instruments = Array.from({ length: METRICS }, (_, metric) =>
    metric % 2 === 0
      ? new Counter({ name: `counted_${metric}_total`, help: HELP, labelNames, registers: [registry] })
      : new Gauge({ name: `level_${metric}`, help: HELP, labelNames, registers: [registry] }),
  );
  change = forAll((metric, labels) => instruments[metric]?.inc(labels, 1.5));
  return () => registry.metrics();
}
