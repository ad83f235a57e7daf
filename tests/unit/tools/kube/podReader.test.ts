import type { CoreV1Event } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { newestWarningOf } from '../../../../tools/kube/podReader.ts';

const now = Date.parse('2026-11-22T20:00:00Z');

function event(reason: string, secondsAgo: number, change: Partial<CoreV1Event> = {}): CoreV1Event {
  const lastTimestamp = new Date(now - secondsAgo * 1000);
  return { metadata: {}, involvedObject: {}, type: 'Warning', reason, message: `${reason}!`, lastTimestamp, ...change };
}

test('of several warnings the newest is taken, whatever came first in the list', () => {
  const events = [event('FailedMount', 100), event('Unhealthy', 10), event('FailedMount', 50)];
  expect(newestWarningOf(events, now)).toEqual({ reason: 'Unhealthy', message: 'Unhealthy!' });
});

test.each([
  ['is older than three minutes', event('FailedMount', 181)],
  ['is about a node that was found since', event('FailedScheduling', 1)],
  ['is no warning', event('Pulled', 1, { type: 'Normal' })],
])('an event that %s says nothing', (_what, given) => {
  expect(newestWarningOf([given], now)).toBeUndefined();
});

test('an event that repeats itself counts from its last time', () => {
  const series = { count: 9, lastObservedTime: new Date(now - 1000) };
  const repeated = event('FailedMount', 900, { series: { ...series, lastObservedTime: series.lastObservedTime } });
  expect(newestWarningOf([repeated], now)?.reason).toBe('FailedMount');
});
