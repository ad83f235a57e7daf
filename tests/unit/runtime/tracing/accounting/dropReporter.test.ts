import { beforeEach, describe, expect, it } from 'vitest';
import { DropReporter } from '../../../../../runtime/src/tracing/accounting/dropReporter.ts';
import { SpansDroppedError } from '../../../../../runtime/src/tracing/accounting/spansDroppedError.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { FakeEventLoop } from './support/fakeEventLoop.ts';

let host: FakeHost;
let eventLoop: FakeEventLoop;
let told: [string, number, string | undefined][];
let reporter: DropReporter;

beforeEach(() => {
  host = new FakeHost();
  eventLoop = new FakeEventLoop();
  told = [];
  reporter = new DropReporter({
    destination: 'the agent',
    onError: (error) => {
      if (!(error instanceof SpansDroppedError)) throw error;
      told.push([error.reason, error.spanCount, error.cause instanceof Error ? error.cause.message : undefined]);
    },
    host,
    eventLoop,
  });
});

describe('DropReporter', () => {
  it('tells of the first loss on the next turn, in sum with what was lost until then', () => {
    reporter.add('queue_full', 1);
    reporter.add('queue_full', 2);
    expect(told).toEqual([]);
    eventLoop.turn();
    expect(told).toEqual([['queue_full', 3, undefined]]);
  });

  it('tells of each reason by itself, with what went wrong last', () => {
    reporter.add('export_failed', 2, new Error('first'));
    reporter.add('export_failed', 2, new Error('second'));
    reporter.add('export_failed', 2);
    reporter.add('oversize', 1);
    eventLoop.turn();
    expect(told).toEqual([
      ['export_failed', 6, 'second'],
      ['oversize', 1, undefined],
    ]);
  });

  it('then sums up what is lost, and tells of it once a minute', () => {
    reporter.add('queue_full', 1);
    eventLoop.turn();
    reporter.add('queue_full', 10);
    host.advance(59_999);
    reporter.add('queue_full', 20);
    eventLoop.turn();
    expect(told).toHaveLength(1);
    host.advance(1);
    expect(told.slice(1)).toEqual([['queue_full', 30, undefined]]);
    reporter.add('queue_full', 5);
    host.advance(60_000);
    expect(told.slice(2)).toEqual([['queue_full', 5, undefined]]);
  });

  it('tells of a loss on the next turn again when the minute before brought none, and plans nothing in between', () => {
    reporter.add('oversize', 1);
    eventLoop.turn();
    host.advance(60_000);
    expect(host.timerCount).toBe(0);
    reporter.add('oversize', 2);
    eventLoop.turn();
    expect(told.slice(1)).toEqual([['oversize', 2, undefined]]);
  });

  it('tells a cause once', () => {
    reporter.add('export_failed', 1, new Error('first'));
    eventLoop.turn();
    reporter.add('export_failed', 1);
    host.advance(60_000);
    expect(told.slice(1)).toEqual([['export_failed', 1, undefined]]);
  });

  it('has nothing to tell of no spans', () => {
    reporter.add('shutdown', 0, new Error('of something else'));
    expect(eventLoop.waiting).toBe(0);
  });

  it('tells at once of what it has not told when it is flushed, and leaves no timer', () => {
    reporter.add('queue_full', 1);
    eventLoop.turn();
    reporter.add('queue_full', 2);
    reporter.add('shutdown', 3);
    reporter.flush();
    expect(told.slice(1)).toEqual([
      ['queue_full', 2, undefined],
      ['shutdown', 3, undefined],
    ]);
    expect({ timers: host.timerCount, turns: eventLoop.waiting }).toEqual({ timers: 0, turns: 0 });
    reporter.flush();
    expect(told).toHaveLength(3);
  });

  it('goes on when the handler throws, or loses spans itself', () => {
    const reentrant = new DropReporter({
      destination: 'the agent',
      onError: (error) => {
        told.push([error.name, 0, undefined]);
        reentrant.add('queue_full', 1);
        throw new Error('of the application');
      },
      host,
      eventLoop,
    });
    reentrant.add('queue_full', 1);
    eventLoop.turn();
    eventLoop.turn();
    expect(told).toHaveLength(1);
    host.advance(60_000);
    expect(told).toHaveLength(2);
  });
});
