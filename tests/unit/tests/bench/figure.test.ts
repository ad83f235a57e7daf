import { expect, test } from 'vitest';
import { atLeastOfPeer, atMost, atMostOfPeer, median, none, observe } from '../../../bench/figure.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('no values have no median', () => {
  expect(() => median([])).toThrow(new RangeError('no values have no median'));
});

test('a figure is met by its median, not by its best run', () => {
  expect(atMost('up', [10, 30, 25], 20, 's')).toEqual({
    name: 'up',
    value: 25,
    unit: 's',
    goal: '<= 20 s',
    ok: false,
    runs: [10, 30, 25],
  });
});

test.each([
  [[90, 80, 100], true],
  [[89, 80, 100], false],
])('the medians of %j and of the peer are compared, and each pair is kept', (runs, ok) => {
  const figure = atLeastOfPeer('rate', { runs, peer: 'bare', peerRuns: [100, 160, 50] }, 0.9, 'spans/s');
  expect(figure).toEqual({
    name: 'rate',
    value: runs[0],
    unit: 'spans/s',
    peer: 'bare',
    ratio: (runs[0] ?? NaN) / 100,
    goal: 'ratio >= 0.9',
    ok,
    runs,
    peerRuns: [100, 160, 50],
    pairRatios: [(runs[0] ?? NaN) / 100, 0.5, 2],
  });
});

test.each([
  [[11, 12, 10], true],
  [[13, 12.5, 10], false],
])('the medians of %j and of the peer, which they may exceed a little, are compared', (runs, ok) => {
  const figure = atMostOfPeer('preview', { runs, peer: 'the line', peerRuns: [10, 9, 20] }, 1.2, 's');
  expect(figure).toMatchObject({ value: runs[0] === 11 ? 11 : 12.5, goal: 'ratio <= 1.2', ok });
  expect(figure.ratio).toBe(runs[0] === 11 ? 1.1 : 1.25);
});

test.each([
  [[0, 0, 0], 0, true],
  [[0, 2, 0, 1, 0], 3, false],
])('the counts %j add up to %d: one bad run among good ones misses the goal', (runs, value, ok) => {
  expect(none('lost spans', runs, 'spans')).toEqual({
    name: 'lost spans',
    value,
    unit: 'spans',
    goal: '0 spans',
    ok,
    runs,
  });
});

test('no runs have not lost nothing', () => {
  expect(() => none('lost spans', [], 'spans')).toThrow(new RangeError('no runs counted nothing'));
});

test('a run without its pair is refused', () => {
  expect(() => atLeastOfPeer('rate', { runs: [1, 2], peer: 'bare', peerRuns: [1] }, 0.9, 'spans/s')).toThrow(
    new RangeError('2 runs have 1 runs of a peer; allowed: as many'),
  );
});

test('an observation keeps its runs to a thousandth', () => {
  expect(observe('memory', [1.00049, 3, 2], 'MiB')).toEqual({
    name: 'memory',
    value: 2,
    unit: 'MiB',
    runs: [1, 3, 2],
  });
});
