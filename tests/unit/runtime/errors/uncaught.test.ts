import { describe, expect, it } from 'vitest';
import type { CaptureSource } from '../../../../runtime/src/errors/capturedError.ts';
import type { ErrorSeverity } from '../../../../runtime/src/errors/errorSeverity.ts';
import { observeErrors } from '../../../../runtime/src/errors/observeErrors.ts';
import type { ErrorTrackerOptions } from '../../../../runtime/src/errors/errorTrackerOptions.ts';
import { metricsFixture } from '../performance/metrics/metricsFixture.ts';
import { tracked, traceOf } from './support/trackerFixture.ts';

/** A tracker, and what its groups were raised from and to. */
function watched(options: ErrorTrackerOptions = {}, ports: Parameters<typeof tracked>[1] = {}) {
  const fixture = tracked(options, ports);
  const raised: string[] = [];
  fixture.tracker.listen({ severityRaised: ({ severity }, from) => raised.push(`${from} to ${severity}`) });
  return { ...fixture, raised };
}

describe('an error that was captured and that nobody catches in the end', () => {
  it.each<[CaptureSource, 'uncaughtException' | 'unhandledRejection']>([
    ['span', 'uncaughtException'],
    ['request', 'unhandledRejection'],
    ['log', 'uncaughtException'],
    ['call', 'unhandledRejection'],
  ])('by a %s is counted once, and its group and its event say how it ended: %s', (source, origin) => {
    const { host, tracker, newest, raised } = watched({}, { currentRequest: () => ({ operation: 'POST /orders' }) });
    const error = new RangeError('sold out');
    const receipt = tracker.tell(error, { source, trace: traceOf('a'), category: 'validation' });
    const before = newest();
    host.throwUncaught(error, origin);
    expect(newest()).toEqual({
      ...before,
      severity: 'critical',
      events: [{ ...before?.events[0], source: origin, isHandled: false, isUncaught: true }],
    });
    expect(newest()?.events[0]).toMatchObject({ traceId: 'a'.repeat(32), request: { operation: 'POST /orders' } });
    expect(Object.isFrozen(newest()?.events[0])).toBe(true);
    expect(newest()?.id).toBe(receipt?.groupId);
    expect(raised).toEqual(['low to critical']);
    expect(tracker.groups.counts()).toMatchObject({ errors: 1, inGroups: 1, events: 1 });
    // What is told of it once more changes nothing.
    host.throwUncaught(error, origin);
    expect(tracker.tell(error, { source: 'span' })).toBe(receipt);
    expect(raised).toHaveLength(1);
    expect(tracker.groups.counts().errors).toBe(1);
  });

  it('is the event that says so, and not the others of its group', () => {
    const { host, tracker, newest } = watched();
    const errors = ['a', 'b', 'c'].map((message) => new RangeError(message));
    for (const error of errors) tracker.capture(error, { fingerprint: ['one'] });
    host.throwUncaught(errors[2]);
    expect(newest()?.events.map(({ error, isUncaught }) => [error.message, isUncaught])).toEqual([
      ['c', true],
      ['b', undefined],
      ['a', undefined],
    ]);
  });

  it('is looked at once more for that, and not each time that it is told', () => {
    let judged = 0;
    const when = () => (judged += 1) < 0;
    const { host, tracker } = watched({ severityRules: [{ severity: 'low', when }] });
    const error = new RangeError('a');
    tracker.capture(error);
    for (let time = 0; time < 3; time += 1) host.throwUncaught(error);
    expect(judged).toBe(2);
  });

  it('raises its group where its event was not kept, or is not any more', () => {
    const { host, tracker, newest } = watched({ maxEventsPerGroup: 0 });
    const errors = ['a', 'b'].map((message) => new RangeError(message));
    for (const error of errors) tracker.capture(error, { fingerprint: ['one'] });
    host.throwUncaught(errors[1]);
    expect(newest()).toMatchObject({ severity: 'critical', count: 2, events: [{ source: 'call', isHandled: true }] });
  });

  it('is looked at where there was no time for it before: its group is raised if it is there', () => {
    const busy = watched({
      maxTimeShare: 0.01,
      fingerprint: ({ error }) => (busy.host.advance(11), [error.type]),
    });
    const { host, tracker, newest } = busy;
    tracker.capture(new RangeError('a'));
    const shed = new RangeError('b');
    expect(tracker.capture(shed)).toBeUndefined();
    host.throwUncaught(shed);
    expect(newest()).toMatchObject({ severity: 'critical', count: 1, events: [{ isHandled: true }] });
    expect(tracker.groups.counts()).toMatchObject({ errors: 2, inGroups: 1, ungrouped: { shed: 1 } });
  });

  it('gets a group where there was no time for it before and there is none, and is counted once', () => {
    const busy = watched({ maxTimeShare: 0.01, fingerprint: ({ error }) => (busy.host.advance(11), [error.message]) });
    const { host, tracker } = busy;
    const appeared: string[] = [];
    tracker.listen({ appeared: ({ message }) => appeared.push(message) });
    tracker.capture(new RangeError('a'));
    const sheds = ['b', 'c', 'd'].map((message) => Object.assign(new RangeError(message), { code: 'X' }));
    for (const shed of sheds) tracker.tell(shed, { source: 'span', handled: false });
    const before = [tracker.totals(), tracker.groups.statistics.over('1m').errors];
    host.throwUncaught(sheds[1]);
    host.throwUncaught(sheds[1]);
    expect(tracker.groups.query().groups).toMatchObject([
      { severity: 'critical', count: 1, events: [{ error: { message: 'c' }, isHandled: false, isUncaught: true }] },
      { severity: 'high', count: 1 },
    ]);
    expect(tracker.groups.counts()).toMatchObject({
      errors: 4,
      inGroups: 2,
      ungrouped: { shed: 2 },
      ungroupedBy: [{ type: 'RangeError', code: 'X', count: 2 }],
    });
    expect([tracker.totals(), tracker.groups.statistics.over('1m').errors]).toEqual(before);
    expect(appeared).toEqual(['a', 'c']);
    expect(tracker.capture(sheds[1])?.groupId).toBe(tracker.groups.query({ severity: 'critical' }).groups[0]?.id);
    for (const shed of [sheds[0], sheds[2]]) host.throwUncaught(shed);
    expect(tracker.groups.counts()).toMatchObject({ errors: 4, inGroups: 4, ungrouped: { shed: 0 }, ungroupedBy: [] });
    const pages = [tracker.groups.query({}, { limit: 2 })];
    pages.push(tracker.groups.query({}, { limit: 2, cursor: pages[0]?.nextCursor ?? '' }));
    expect(pages.flatMap(({ groups }) => groups.map(({ message }) => message))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('changes nothing where its group is not kept any more', () => {
    const { host, tracker, problems } = watched({ maxGroups: 1 });
    const error = new RangeError('a');
    tracker.capture(error, { fingerprint: ['a'] });
    tracker.capture(new RangeError('b'), { fingerprint: ['b'] });
    host.throwUncaught(error);
    expect(tracker.groups.query().groups.map(({ severity, count }) => [severity, count])).toEqual([['high', 1]]);
    expect(tracker.groups.counts()).toMatchObject({ errors: 2, ungrouped: { count: 1 } });
    expect(problems).toEqual([]);
  });

  it('is as bad as the rules and the people say, who may know better', () => {
    const ruled = watched({ severityRules: [{ severity: 'low', operation: 'GET /health' }] });
    const error = new RangeError('a');
    ruled.tracker.capture(error, { request: { operation: 'GET /health' } });
    ruled.host.throwUncaught(error);
    expect(ruled.newest()?.severity).toBe('low');
    const set = watched();
    set.tracker.groups.setSeverity(set.tracker.capture(error)?.groupId ?? '', 'medium');
    set.host.throwUncaught(error);
    expect(set.newest()).toMatchObject({ severity: 'medium', events: [{ isUncaught: true }] });
    expect(set.raised).toEqual([]);
  });

  it('has happened anew later than ten seconds, and in another trace', () => {
    const { host, tracker, newest } = watched({}, { currentTrace: () => traceOf('b') });
    const error = new RangeError('a');
    tracker.tell(error, { source: 'span', trace: traceOf('a') });
    host.throwUncaught(error);
    expect(newest()).toMatchObject({ severity: 'critical', count: 2 });
  });

  it('leaves the totals, the statistics and the instruments as they were: nothing is moved, and no counter falls', async () => {
    const { host, tracker } = watched();
    const { provider, meter } = metricsFixture();
    observeErrors(tracker, meter);
    const shown = async () => {
      const metrics = await provider.collect();
      return metrics.map(({ name, points }) => [name, points.map((point) => 'value' in point && point.value)]);
    };
    const error = new RangeError('a');
    tracker.capture(error, { category: 'validation' });
    const before = [tracker.totals(), tracker.groups.counts(), tracker.groups.statistics.over('1m')];
    const shownBefore = await shown();
    host.throwUncaught(error);
    expect([tracker.totals(), tracker.groups.counts(), tracker.groups.statistics.over('1m')]).toEqual(before);
    expect(tracker.totals()).toEqual([{ category: 'validation', severity: 'low', isHandled: true, errors: 1 }]);
    expect(await shown()).toEqual(shownBefore);
    // One that comes after it in the same group is counted as what the group is by then.
    tracker.capture(new RangeError('a'), { category: 'validation', fingerprint: ['another'] });
    host.throwUncaught(new RangeError('b'));
    expect(tracker.totals().map(({ severity, isHandled, errors }) => [severity, isHandled, errors])).toEqual([
      ['low', true, 2],
      ['critical', false, 1],
    ]);
  });
});

describe('what something has ended with', () => {
  it('by the process stays so, whatever is told of it', () => {
    const { host, tracker, newest, event } = watched();
    const error = new RangeError('a');
    host.throwUncaught(error);
    tracker.tell(error, { source: 'log', context: { level: 'fatal' } });
    tracker.tell(error, { source: 'request', handled: false });
    tracker.capture(error);
    expect(newest()).toMatchObject({ count: 1, severity: 'critical' });
    expect(event()).toMatchObject({ source: 'uncaughtException', isHandled: false, isUncaught: true });
  });

  it.each<[ErrorSeverity, ErrorTrackerOptions]>([
    ['critical', {}],
    ['low', { severityRules: [{ severity: 'low', when: ({ isUncaught = false }) => isUncaught }] }],
  ])('by the process stays so where its event is not kept: %s', (severity, options) => {
    const { host, tracker, newest } = watched({ maxEventsPerGroup: 0, ...options });
    const errors = ['a', 'b'].map((message) => new RangeError(message));
    tracker.capture(errors[0], { fingerprint: ['one'] });
    tracker.groups.resolve(newest()?.id ?? '');
    tracker.tell(errors[1], { source: 'span', fingerprint: ['one'] });
    host.throwUncaught(errors[1]);
    expect(newest()).toMatchObject({ severity, events: [{ error: { message: 'a' } }] });
    tracker.capture(errors[1], { category: 'validation' });
    expect(newest()?.severity).toBe(severity);
  });

  it('by a request is handled only if the application says so, and not by a line of a log or a span', () => {
    const { tracker, event } = watched();
    const error = new RangeError('a');
    const request = { id: 'r1' };
    const handled = (source: CaptureSource, isHandled: boolean) => {
      tracker.tell(error, { source, handled: isHandled, request });
      return event()?.isHandled;
    };
    expect([handled('span', false), handled('log', true), handled('span', false)]).toEqual([false, true, false]);
    expect([handled('request', false), handled('log', true), handled('span', true)]).toEqual([false, false, false]);
    expect([handled('call', false), handled('call', true), handled('log', true)]).toEqual([false, true, true]);
    expect(handled('request', false)).toBe(false);
  });
});

describe('rejections that nobody handles', () => {
  it('are critical where they end the process', () => {
    const { host, newest, tracker } = watched();
    host.throwUncaught(new RangeError('a'), 'unhandledRejection');
    expect(newest()).toMatchObject({
      severity: 'critical',
      events: [{ source: 'unhandledRejection', isHandled: false, isUncaught: true }],
    });
    expect(tracker.totals()).toMatchObject([{ severity: 'critical', isHandled: false, errors: 1 }]);
  });

  it('are unhandled, and no more, where the process goes on', () => {
    const { host, tracker, event, newest } = watched();
    const error = new RangeError('a');
    host.rejectAndSurvive(error);
    host.rejectAndSurvive(error);
    host.rejectAndSurvive('a text');
    expect(tracker.groups.counts().errors).toBe(2);
    expect(event()).toMatchObject({ source: 'unhandledRejection', isHandled: false, error: { type: 'string' } });
    expect(event()).not.toHaveProperty('isUncaught');
    expect(newest()?.severity).toBe('high');
    // The application's listener throws it.
    host.throwUncaught(error);
    expect(newest()).toMatchObject({ message: 'a text', severity: 'high' });
    expect(tracker.groups.query({ severity: 'critical' }).groups).toMatchObject([{ message: 'a', count: 1 }]);
  });

  it('are left alone where that is not wanted, and after stop', async () => {
    const silent = watched({ uncaught: false });
    silent.host.rejectAndSurvive(new RangeError('a'));
    const stopped = watched();
    await stopped.tracker.stop();
    stopped.host.rejectAndSurvive(new RangeError('a'));
    expect([silent, stopped].map(({ tracker }) => tracker.groups.counts().errors)).toEqual([0, 0]);
  });
});
