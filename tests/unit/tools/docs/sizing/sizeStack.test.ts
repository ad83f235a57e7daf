import { expect, it } from 'vitest';
import type { MeasuredCosts } from '../../../../../tools/docs/sizing/measuredCosts.ts';
import { sizeStack } from '../../../../../tools/docs/sizing/sizeStack.ts';

// A thousandth of a disk's gibibyte a second comes to 84.375 GiB a day.
const costs: MeasuredCosts = {
  cpuSecondsPerMillion: { collector: 50, ingester: 100, kafka: 25, elasticsearch: 200 },
  spansPerSecondOfIngester: 5000,
  diskBytesPerSpan: { elasticsearch: 2 ** 30 / 1e6, kafka: 2 ** 29 / 1e6 },
  documentsPerSpan: 10,
};

it('is in proportion to what a span costs, with half of each processor left', () => {
  expect(sizeStack(100_000, costs)).toEqual({
    collectors: 10,
    ingesters: 40,
    partitions: 80,
    brokers: 4,
    dataNodes: 74,
    shards: 216,
    cores: { collectors: 10, ingesters: 20, brokers: 15, dataNodes: 80 },
    memoryGibibytes: 10 * 2 + 40 * 2 + 4 * 16 + 74 * 64,
    diskGibibytesPerDay: { elasticsearch: 17_280, kafka: 12_960 },
    diskGibibytes: { elasticsearch: 302_400, kafka: 16_200 },
  });
});

it('has three of each and the partitions of the largest profile, however little there is to store', () => {
  expect(sizeStack(1, costs)).toMatchObject({
    collectors: 3,
    ingesters: 3,
    partitions: 24,
    brokers: 3,
    dataNodes: 3,
    shards: 2,
  });
});

it('gives a shard no more documents than half of what Lucene can number, however small they are', () => {
  const small = { ...costs, diskBytesPerSpan: { elasticsearch: 1, kafka: 1 } };
  expect(sizeStack(100_000, small).shards).toBe(81);
  expect(sizeStack(100_000, { ...small, documentsPerSpan: 20 }).shards).toBe(161);
});

it('takes more ingesters where each is held up by the storage than their processor time asks for', () => {
  expect(sizeStack(100_000, { ...costs, spansPerSecondOfIngester: 50_000 }).ingesters).toBe(20);
  expect(sizeStack(100_000, { ...costs, spansPerSecondOfIngester: 1000 }).ingesters).toBe(200);
});
