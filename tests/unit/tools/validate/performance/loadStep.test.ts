// @spec S6.2
import { describe, expect, it } from 'vitest';
import {
  describeCounts,
  saturatedPart,
  stopReason,
  type LoadStep,
} from '../../../../../tools/validate/performance/loadStep.ts';

const carried: LoadStep = {
  offered: 100,
  acknowledged: 99,
  sentSpans: 1000,
  acknowledgedSpans: 1000,
  searchableSeconds: [1, 2],
  notFound: 0,
  lost: { 'refused by collectors': 0, 'dropped by full queues of collectors': 0, 'not written by collectors': 0 },
  refused: {},
  unaccounted: 0,
  queueShare: 0.1,
  lag: 0,
  busy: [{ name: 'tracing/jaeger-collector', processors: 0.2, limit: 1 }],
  heldBack: 0,
};

describe('why a load stops', () => {
  it('does not stop at a step that is carried', () => {
    expect(stopReason(carried)).toBeUndefined();
  });

  it.each<[string, Partial<LoadStep>, string]>([
    [
      'spans that a queue dropped',
      { lost: { ...carried.lost, 'dropped by full queues of collectors': 3 } },
      '3 spans were lost: 3 dropped by full queues of collectors',
    ],
    ['spans that nobody knows', { unaccounted: 2 }, '2 spans were acknowledged, and nobody wrote or counted them'],
    ['refusals', { refused: { 'answered with 503': 40 } }, '40 spans were refused: 40 answered with 503'],
    ['a pace that is not kept', { acknowledged: 89 }, '89 of 100 spans a second were taken'],
    ['spans that are not found', { notFound: 1 }, '1 spans could not be found within their time'],
    ['spans that are found late', { searchableSeconds: [1, 10.1] }, 'a span could be found after 10.1 s only'],
  ])('stops for %s', (_, change, reason) => {
    expect(stopReason({ ...carried, ...change })).toBe(reason);
  });

  it('takes a pace of nine tenths, and a span that is found after ten seconds', () => {
    expect(stopReason({ ...carried, acknowledged: 90, searchableSeconds: [10] })).toBeUndefined();
  });
});

describe('what a load ran into', () => {
  it('names parts near their limit, the nearest first, and nothing that has none', () => {
    const busy = [
      { name: 'tracing/elasticsearch', processors: 1.8, limit: 2 },
      { name: 'tracing/jaeger-query', processors: 0.84, limit: 1 },
      { name: 'tracing/jaeger-collector', processors: 1, limit: 1 },
      { name: 'tracing/unlimited', processors: 5 },
    ];
    expect(saturatedPart({ ...carried, busy })).toBe(
      'tracing/jaeger-collector (1.00 of 1 processors); tracing/elasticsearch (1.80 of 2 processors)',
    );
  });

  it('names the storage when queues are full, and what waits in Kafka', () => {
    expect(saturatedPart({ ...carried, queueShare: 0.8, lag: 7 })).toBe(
      'the storage, which takes less than comes: queues of collectors are 80 % full; the ingesters or the storage: 7 messages wait in Kafka',
    );
  });

  it('names the storage when queues dropped spans, though they are empty again at the end', () => {
    const lost = { ...carried.lost, 'dropped by full queues of collectors': 9 };
    expect(saturatedPart({ ...carried, lost, heldBack: 5 })).toBe(
      'the storage, for moments: queues of collectors ran full, and emptied again',
    );
  });

  it('names the way there when spans had to wait though nothing was busy', () => {
    expect(saturatedPart({ ...carried, heldBack: 1 })).toMatch(/^the way to the collectors/);
  });

  it('says so when it sees nothing', () => {
    expect(saturatedPart(carried)).toBe('not seen: no part is near its limit');
  });
});

it('leaves out counts of nothing', () => {
  expect(describeCounts({ dropped: 3, refused: 0, broken: 1 })).toBe('3 dropped, 1 broken');
});
