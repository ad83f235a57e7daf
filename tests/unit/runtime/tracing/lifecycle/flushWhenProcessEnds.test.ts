import { beforeEach, describe, expect, it } from 'vitest';
import { flushWhenProcessEnds } from '../../../../../runtime/src/tracing/lifecycle/flushWhenProcessEnds.ts';
import { FakeHost, settle } from '../../../../support/fakeHost.ts';

let host: FakeHost;
let calls: string[];
let pending: number;
let inTime: boolean;
let finishShutdown: () => void;

beforeEach(() => {
  host = new FakeHost();
  calls = [];
  pending = 1;
  inTime = true;
});

const tracing = {
  flush: (): Promise<boolean> => {
    calls.push('flush');
    return Promise.resolve(inTime);
  },
  stop: (): Promise<void> => {
    calls.push('stop');
    return new Promise((resolve) => {
      finishShutdown = resolve;
    });
  },
  pendingSpans: (): number => pending,
  sendNow: (): void => void calls.push('send now'),
  abandon: (): void => void calls.push('abandon'),
};

describe('flushWhenProcessEnds', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('raises %s again once tracing is shut down', async (signal) => {
    flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    host.deliver(signal);
    await settle();
    expect({ calls, raised: host.raised }).toEqual({ calls: ['stop'], raised: [] });
    finishShutdown();
    await settle();
    expect(host.raised).toEqual([signal]);
  });

  it('leaves a second signal to the process', () => {
    flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    host.deliver('SIGINT');
    expect(host.signalListenerCount('SIGINT')).toBe(0);
    expect(host.signalListenerCount('SIGTERM')).toBe(0);
  });

  it('is no listener while those of the application are called, and one again afterwards', () => {
    flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    let seen = -1;
    host.onSignal('SIGTERM', () => {
      seen = host.signalListenerCount('SIGTERM');
    });
    const dispose = flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    dispose();
    host.deliver('SIGTERM');
    expect(seen).toBe(2);
    host.advance(0);
    expect(host.signalListenerCount('SIGTERM')).toBe(2);
  });

  it('only flushes in the first process of a PID namespace, which the signal would not end', async () => {
    Reflect.set(host, 'pid', 1);
    flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    host.deliver('SIGTERM');
    await settle();
    expect({ calls, raised: host.raised }).toEqual({ calls: ['flush'], raised: [] });
  });

  it('raises the signal also where stopping fails', async () => {
    const failing = { ...tracing, stop: (): Promise<void> => Promise.reject(new Error('broken')) };
    const dispose = flushWhenProcessEnds(failing, { handleSignals: true }, host);
    host.deliver('SIGINT');
    await settle();
    expect(host.raised).toEqual(['SIGINT']);
    dispose();
  });

  it('only flushes where the application listens itself', async () => {
    flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    host.onSignal('SIGTERM', () => calls.push('application'));
    host.deliver('SIGTERM');
    await settle();
    expect({ calls, raised: host.raised }).toEqual({ calls: ['application', 'send now', 'flush'], raised: [] });
  });

  it('flushes when nothing is left to do', () => {
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    host.runOut();
    expect(calls).toEqual(['flush']);
  });

  it('does not flush when nothing waits', () => {
    pending = 0;
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    host.runOut();
    expect(calls).toEqual([]);
  });

  it('holds the process for one flush only where that runs out of time', async () => {
    inTime = false;
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    host.runOut();
    await settle();
    host.runOut();
    expect(calls).toEqual(['flush']);
  });

  it('flushes again where the first flush sent everything', async () => {
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    host.runOut();
    await settle();
    host.runOut();
    expect(calls).toEqual(['flush', 'flush']);
  });

  it('sends what can be sent at once when the process ends by itself, and gives up the rest', () => {
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    host.exit(3);
    expect(calls).toEqual(['send now', 'abandon']);
  });

  it('leaves signals alone where that is wanted', () => {
    flushWhenProcessEnds(tracing, { handleSignals: false }, host);
    expect([host.signalListenerCount('SIGTERM'), host.signalListenerCount('SIGINT')]).toEqual([0, 0]);
  });

  it('takes everything back, twice if need be', () => {
    const dispose = flushWhenProcessEnds(tracing, { handleSignals: true }, host);
    dispose();
    dispose();
    host.runOut();
    expect({ calls, listeners: host.signalListenerCount('SIGTERM') }).toEqual({ calls: [], listeners: 0 });
  });
});
