import { describe, expect, it, vi } from 'vitest';
import { HOUR, SECOND, testedTracker } from './support/trackerFixture.ts';

describe('the timer of a tracker', () => {
  it('is started once, goes on, and is ended by stop(), which leaves nothing', async () => {
    const { tracker, host } = testedTracker();
    expect(host.timerCount).toBe(1);
    for (let sweep = 0; sweep < 3; sweep += 1) {
      host.advance(10 * SECOND);
      expect(host.timerCount).toBe(1);
    }
    await tracker.stop();
    await tracker.stop();
    expect(host.timerCount).toBe(0);
    host.advance(HOUR);
    expect(host.timerCount).toBe(0);
  });

  it('sweeps as often as it is told to', () => {
    const { tracker, host } = testedTracker({ sweepIntervalMillis: 500 });
    const sweep = vi.spyOn(tracker, 'sweep');
    for (let step = 0; step < 10; step += 1) host.advance(250);
    expect(sweep).toHaveBeenCalledTimes(5);
  });

  it('is ended by a listener that stops the tracker in the midst of a sweep', () => {
    const { tracker, host } = testedTracker();
    tracker.listen({ stuck: () => void tracker.stop() });
    tracker.start({ operation: 'work' });
    host.advance(HOUR);
    expect(host.timerCount).toBe(0);
  });

  it('is ended at the end of await using', async () => {
    const { host } = await (async () => {
      const tested = testedTracker();
      await using tracker = tested.tracker;
      tracker.start({ operation: 'work' });
      expect(tested.host.timerCount).toBe(1);
      return tested;
    })();
    expect(host.timerCount).toBe(0);
  });

  it('is not needed to ask and to go on after stop()', async () => {
    const { tracker } = testedTracker();
    const request = tracker.start({ operation: 'work', id: 'r' }).process();
    await tracker.stop();
    request.complete();
    expect(tracker.get('r')?.state).toBe('completed');
    expect(tracker.start({ operation: 'work' }).state).toBe('pending');
    expect(tracker.statistics.read()?.count).toBe(1);
  });
});
