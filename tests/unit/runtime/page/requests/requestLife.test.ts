import { describe, expect, it } from 'vitest';
import { lifeOf } from '../../../../../runtime/page/src/views/requests/requestLife.ts';

const COMPLETED = { state: 'completed', startedMillis: 1000, pendingMillis: 5, durationMillis: 30 } as const;

describe('the life of a request', () => {
  it('goes from waiting over work to its end', () => {
    expect(lifeOf(COMPLETED)).toEqual({
      spans: [
        { state: 'pending', fromMillis: 1000, lastedMillis: 5, isNow: false },
        { state: 'processing', fromMillis: 1005, lastedMillis: 25, isNow: false },
      ],
      end: { state: 'completed', atMillis: 1030 },
    });
  });

  it('has no work where it failed while it waited', () => {
    const life = lifeOf({ ...COMPLETED, state: 'failed', pendingMillis: 30 });
    expect(life.spans.map(({ state }) => state)).toEqual(['pending']);
    expect(life.end).toEqual({ state: 'failed', atMillis: 1030 });
  });

  it('goes on while it is under way', () => {
    const { spans, end } = lifeOf({ ...COMPLETED, state: 'processing' }, 100);
    expect(spans[1]).toEqual({ state: 'processing', fromMillis: 1005, lastedMillis: 125, isNow: true });
    expect(end).toBeUndefined();
  });

  it('is waiting alone before it is worked on', () => {
    expect(lifeOf({ ...COMPLETED, state: 'pending', pendingMillis: 30 }, 10).spans).toEqual([
      { state: 'pending', fromMillis: 1000, lastedMillis: 40, isNow: true },
    ]);
  });

  it('does not grow any more once it is over', () => {
    expect(lifeOf(COMPLETED, 5000)).toEqual(lifeOf(COMPLETED));
  });
});
