import { expect, test } from 'vitest';
import { incarnationsOf, totalAfter, totalUntil, type Reading } from '../../../faults/accounting/reading.ts';

const since = 1000;

function reading(at: number, count: number, startedAt = 0): Reading {
  return { source: 'agent', pod: 'agent-1', startedAt, askedAt: at - 10, at, counters: { sent: count } };
}

test('a process lives as long as it answers', () => {
  const readings = [reading(1000, 1), reading(1500, 2)];
  expect(incarnationsOf(readings, [{ pod: 'agent-1', at: 1200 }])).toEqual([
    { source: 'agent', pod: 'agent-1', readings, goneAt: undefined },
  ]);
});

test('a process is gone when nobody answers any more', () => {
  const silences = [
    { pod: 'agent-1', at: 2500 },
    { pod: 'agent-1', at: 2000 },
    { pod: 'agent-2', at: 1600 },
  ];
  expect(incarnationsOf([reading(1500, 2)], silences)[0]?.goneAt).toBe(2000);
});

test('a process is gone when another answers in its pod', () => {
  const found = incarnationsOf([reading(1000, 7), reading(2000, 1, 1800), reading(2500, 4, 1800)], []);
  expect(found.map(({ readings, goneAt }) => [readings.length, goneAt])).toEqual([
    [1, 2000],
    [2, undefined],
  ]);
});

test('a total adds what each process counted since the observation began', () => {
  const incarnations = incarnationsOf(
    [reading(1100, 50), reading(1600, 60), reading(2000, 5, 1800), reading(2500, 9, 1800)],
    [],
  );
  expect(totalUntil(incarnations, 'agent', 'sent', since, 2200)).toBe(10 + 5);
  expect(totalUntil(incarnations, 'agent', 'sent', since, 1599)).toBe(0);
  expect(totalAfter(incarnations, 'agent', 'sent', since, 2200)).toBe(10 + 9);
  expect(totalUntil(incarnations, 'collector', 'sent', since, 2200)).toBe(0);
});

test('after a moment counts only who was asked after it', () => {
  const incarnations = incarnationsOf([reading(1100, 0), reading(1600, 3), reading(2100, 8)], []);
  expect(totalAfter(incarnations, 'agent', 'sent', since, 1595)).toBe(8);
});
