import { describe, expect, it } from 'vitest';
import { LiveHub, type LiveStream } from '../../../../../runtime/src/dashboard/live/liveHub.ts';
import { ErrorTracker } from '../../../../../runtime/src/errors/errorTracker.ts';
import { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const GREETING = 'retry: 2000\n: tracewright\n\n';

/** A stream that says what was sent, and lets a test say how much waits. */
class FakeStream implements LiveStream {
  readonly sent: string[] = [];
  waitingBytes = 0;
  ends = 0;
  readonly send = (text: string): number => {
    this.sent.push(text);
    return this.waitingBytes;
  };
  readonly end = (): void => {
    this.ends += 1;
  };
}

function hub(maxStreams = 200) {
  const host = new FakeHost();
  const errors = new ErrorTracker({ uncaught: false, maxTimeShare: 1 }, { host, workingDirectory: '/app' });
  const requests = new RequestTracker({}, { host });
  const observability = { tracing: undefined, requests, performance: undefined, errors };
  const live = new LiveHub({ observability, wallMillis: host.wallMillis }, { host, maxStreams });
  // What the trackers wait for themselves is not looked at.
  const own = host.timerCount;
  return { host, errors, requests, live, ticks: () => host.timerCount - own };
}

function changed(topics: readonly string[], asOfMillis: number): string {
  return `event: changed\ndata: ${JSON.stringify({ topics, asOfMillis })}\n\n`;
}

describe('viewers', () => {
  it('cost nothing while there are none', () => {
    const { live, ticks, host } = hub();
    live.touch('errors');
    expect(ticks()).toBe(0);
    const stream = new FakeStream();
    const leave = live.add(stream, 'ada');
    expect(ticks()).toBe(1);
    leave();
    expect([ticks(), live.streams]).toEqual([0, 0]);
    host.advance(60_000);
    expect(stream.sent).toEqual([GREETING]);
  });

  it('are all told by one text, once a second at most, what changed', () => {
    const { host, live, errors, requests } = hub();
    const [first, second] = [new FakeStream(), new FakeStream()];
    live.add(first, 'ada');
    live.add(second, 'bob');
    for (let index = 0; index < 100; index += 1) errors.capture(new Error('broken'));
    host.advance(1_000);
    const told = [GREETING, changed(['errors', 'accounting'], host.wallMillis())];
    expect([first.sent, second.sent]).toEqual([told, told]);
    requests.start({ operation: 'GET /' }).process();
    host.advance(1_000);
    expect(first.sent[2]).toBe(changed(['requests', 'accounting'], host.wallMillis()));
    host.advance(1_000);
    expect(first.sent).toHaveLength(3);
  });

  it('are told of what the application made of a group, though no error came', () => {
    const { host, live, errors } = hub();
    const { groupId = '' } = errors.capture(new Error('broken')) ?? {};
    const stream = new FakeStream();
    live.add(stream, 'ada');
    errors.groups.resolve(groupId, { by: 'deploy' });
    host.advance(1_000);
    expect(stream.sent[1]).toContain('"topics":["errors",');
  });

  it('are told of what no counter tells of, by what people did', () => {
    const { host, live } = hub();
    const stream = new FakeStream();
    live.add(stream, 'ada');
    live.touch('errors');
    host.advance(1_000);
    host.advance(1_000);
    expect(stream.sent).toEqual([GREETING, changed(['errors'], host.wallMillis() - 1_000)]);
  });

  it('are not told of what changed before they came', () => {
    const { host, live, errors } = hub();
    live.add(new FakeStream(), 'ada')();
    errors.capture(new Error('broken'));
    const stream = new FakeStream();
    live.add(stream, 'ada');
    host.advance(1_000);
    expect(stream.sent).toEqual([GREETING]);
  });

  it('get a sign of life every fifteen seconds, in less than 20 KB a minute', () => {
    const { host, live } = hub();
    const stream = new FakeStream();
    live.add(stream, 'ada');
    for (let second = 0; second < 60; second += 1) host.advance(1_000);
    expect(stream.sent).toEqual([GREETING, ...Array.from({ length: 4 }, () => ':\n\n')]);
  });

  it('who do not read 64 KiB are cut off; the others are told', () => {
    const { host, live, errors } = hub();
    const [slow, quick] = [new FakeStream(), new FakeStream()];
    live.add(slow, 'ada');
    live.add(quick, 'bob');
    slow.waitingBytes = 64 * 1024;
    errors.capture(new Error('broken'));
    host.advance(1_000);
    expect([slow.ends, live.streams]).toEqual([0, 2]);
    slow.waitingBytes += 1;
    errors.capture(new Error('broken'));
    host.advance(1_000);
    expect([slow.ends, quick.ends, live.streams]).toEqual([1, 0, 1]);
    expect(quick.sent).toHaveLength(3);
  });

  it('who do not read and were the last leave nothing behind', () => {
    const { host, live, ticks } = hub();
    const slow = new FakeStream();
    const leave = live.add(slow, 'ada');
    slow.waitingBytes = 100_000;
    live.touch('errors');
    host.advance(1_000);
    expect([slow.ends, live.streams, ticks()]).toEqual([1, 0, 0]);
    leave();
    expect(ticks()).toBe(0);
  });
});

describe('the room for viewers', () => {
  it('is that of maxStreams', () => {
    const { live } = hub(2);
    const leave = live.add(new FakeStream(), 'ada');
    live.add(new FakeStream(), 'bob');
    expect(live.refusalOf('eve')).toBe(
      '2 viewers are told already, which is all that maxStreams allows. The page asks by itself.',
    );
    leave();
    expect(live.refusalOf('eve')).toBeUndefined();
  });

  it('is twenty for one of them', () => {
    const { live } = hub();
    const leaves = Array.from({ length: 20 }, () => live.add(new FakeStream(), 'ada'));
    expect(live.refusalOf('ada')).toBe(
      'You watch 20 times already, which is all that one may. Close other tabs; the page asks by itself.',
    );
    expect(live.refusalOf('bob')).toBeUndefined();
    leaves[0]?.();
    expect(live.refusalOf('ada')).toBeUndefined();
  });

  it('is none after stop, which ends all streams and lets none begin', () => {
    const { live, ticks } = hub();
    const [before, after] = [new FakeStream(), new FakeStream()];
    const leave = live.add(before, 'ada');
    live.stop();
    live.stop();
    leave();
    expect([before.ends, live.streams, ticks()]).toEqual([1, 0, 0]);
    expect(live.refusalOf('ada')).toBe('The page was stopped.');
    live.add(after, 'ada')();
    expect([after.sent, after.ends, ticks()]).toEqual([[], 1, 0]);
  });
});
