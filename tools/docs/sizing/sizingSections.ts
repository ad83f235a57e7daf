import { table } from '../markdown.ts';
import type { MeasuredCosts } from './measuredCosts.ts';
import { sizeStack, type StackSize } from './sizeStack.ts';

const RATES = [1000, 10_000, 100_000, 1_000_000] as const;

/** Spans a second that applications make in the worked plan, and the shares of them that are sampled. */
const MADE = 1_000_000;
const SHARES = [1, 0.1, 0.01] as const;

/** The generated parts of `docs/sizing.md`. */
export function sizingSections(costs: MeasuredCosts): Readonly<Record<string, string>> {
  return {
    measured: measuredTable(costs),
    sizes: sizeTable(
      'spans stored a second',
      RATES.map((rate) => [whole(rate), sizeStack(rate, costs)]),
    ),
    million: sizeTable(
      'sampled of 1,000,000 a second',
      SHARES.map((share) => [`${share * 100} %`, sizeStack(MADE * share, costs)]),
    ),
  };
}

function measuredTable(costs: MeasuredCosts): string {
  const { cpuSecondsPerMillion, diskBytesPerSpan, documentsPerSpan, spansPerSecondOfIngester } = costs;
  const disks: Readonly<Record<string, number>> = diskBytesPerSpan;
  const names = { collector: 'collectors', ingester: 'ingesters', kafka: 'Kafka', elasticsearch: 'Elasticsearch' };
  const rows = (['collector', 'ingester', 'kafka', 'elasticsearch'] as const).map((component) => {
    const seconds = cpuSecondsPerMillion[component];
    const bytes = disks[component];
    return [
      names[component],
      `${seconds.toFixed(0)} s`,
      whole(Math.round(1e6 / seconds / 100) * 100),
      bytes === undefined ? '' : `${bytes.toFixed(0)} bytes`,
      {
        collector: '',
        ingester: `one alone: ${whole(Math.round(spansPerSecondOfIngester / 100) * 100)} spans a second`,
        kafka: '',
        elasticsearch: `${documentsPerSpan.toFixed(0)} documents of Lucene for a span`,
      }[component],
    ];
  });
  return table(
    ['', 'processor time of a million spans', 'spans a second that a core carries', 'disk of a span', ''],
    rows,
  );
}

type Sized = readonly [head: string, size: StackSize];

function sizeTable(head: string, sizes: readonly Sized[]): string {
  const row = (name: string, read: (size: StackSize) => string): readonly string[] => [
    name,
    ...sizes.map(([, size]) => read(size)),
  ];
  return table(
    [head, ...sizes.map(([name]) => name)],
    [
      row('collectors', ({ collectors }) => whole(collectors)),
      row('ingesters', ({ ingesters }) => whole(ingesters)),
      row('partitions', ({ partitions }) => whole(partitions)),
      row('brokers', ({ brokers }) => whole(brokers)),
      row('data nodes of Elasticsearch', ({ dataNodes }) => whole(dataNodes)),
      row('primary shards of a daily index', ({ shards }) => whole(shards)),
      row('cores: collectors', ({ cores }) => tenths(cores.collectors)),
      row('cores: ingesters', ({ cores }) => tenths(cores.ingesters)),
      row('cores: brokers', ({ cores }) => tenths(cores.brokers)),
      row('cores: data nodes', ({ cores }) => tenths(cores.dataNodes)),
      row('memory', ({ memoryGibibytes }) => `${whole(Math.ceil(memoryGibibytes))} GiB`),
      row('a day in Elasticsearch', ({ diskGibibytesPerDay }) => size(diskGibibytesPerDay.elasticsearch)),
      row('a day in Kafka', ({ diskGibibytesPerDay }) => size(diskGibibytesPerDay.kafka)),
      row('disks of Elasticsearch', ({ diskGibibytes }) => size(diskGibibytes.elasticsearch)),
      row('disks of Kafka', ({ diskGibibytes }) => size(diskGibibytes.kafka)),
    ],
  );
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

function tenths(value: number): string {
  return value < 10 ? value.toFixed(1) : whole(Math.round(value));
}

function size(gibibytes: number): string {
  return gibibytes < 1024 ? `${whole(Math.ceil(gibibytes))} GiB` : `${tenths(gibibytes / 1024)} TiB`;
}
