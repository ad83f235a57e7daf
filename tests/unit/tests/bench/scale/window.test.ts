import { expect, it } from 'vitest';
import { windowBetween, type Reading } from '../../../../bench/scale/window.ts';

const before: Reading = {
  atSeconds: 100,
  indexed: 5000,
  cpuSeconds: { collector: 1, ingester: 2, kafka: 3, elasticsearch: 4 },
  machine: { busySeconds: 50, idleSeconds: 20, stolenSeconds: 1 },
};
const after: Reading = {
  atSeconds: 110,
  indexed: 25_000,
  cpuSeconds: { collector: 2, ingester: 2.5, kafka: 3.25, elasticsearch: 7 },
  machine: { busySeconds: 61, idleSeconds: 25, stolenSeconds: 5 },
};

it('tells what was stored between two readings and what each program used for it', () => {
  expect(windowBetween(before, after)).toEqual({
    seconds: 10,
    spans: 20_000,
    spansPerSecond: 2000,
    cpuSecondsPerMillion: { collector: 50, ingester: 25, kafka: 12.5, elasticsearch: 150, all: 237.5 },
    idleShare: 0.25,
  });
});

it.each([
  ['nothing was stored', { ...after, indexed: 5000 }, '0 spans were stored in 10 s'],
  ['Elasticsearch counts anew', { ...after, indexed: 10 }, '-4990 spans were stored in 10 s'],
  ['no time went by', { ...after, atSeconds: 100 }, '20000 spans were stored in 0 s'],
])('refuses a window in which %s', (_what, reading, message) => {
  expect(() => windowBetween(before, reading)).toThrow(new RangeError(message));
});
