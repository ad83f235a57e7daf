import { describe, expect, it } from 'vitest';
import type { Threshold } from '../../../../../runtime/src/performance/thresholds/threshold.ts';
import { ThresholdState } from '../../../../../runtime/src/performance/thresholds/thresholdState.ts';

/** What is told of each value, one a second. */
function told(given: Partial<Threshold>, values: readonly (number | undefined)[]): readonly (string | undefined)[] {
  const state = new ThresholdState({ name: 't', metric: 'm', ...given });
  return values.map((value, second) => {
    const change = state.see(value, second * 1000);
    return change && `${change.state} ${change.forMillis}`;
  });
}

describe('the state of a threshold', () => {
  it('is raised above its limit and not at it, and cleared at it', () => {
    expect(told({ above: 10 }, [10, 11, 12, 10, 10])).toEqual([
      undefined,
      'raised 0',
      undefined,
      'cleared 2000',
      undefined,
    ]);
  });

  it('is raised below its limit and not at it, and cleared at it', () => {
    expect(told({ below: 10 }, [10, 9, 8, 10])).toEqual([undefined, 'raised 0', undefined, 'cleared 2000']);
  });

  it('stays as it is between the limit and where it is cleared', () => {
    expect(told({ above: 10, clearAt: 5 }, [11, 9, 11, 6, 5, 9, 11])).toEqual([
      'raised 0',
      undefined,
      undefined,
      undefined,
      'cleared 4000',
      undefined,
      'raised 0',
    ]);
    expect(told({ below: 10, clearAt: 20 }, [9, 15, 20, 15])).toEqual([
      'raised 0',
      undefined,
      'cleared 2000',
      undefined,
    ]);
  });

  it('is raised only after it has been beyond the limit for long enough without a break', () => {
    expect(told({ above: 10, forMillis: 2000 }, [11, 11, 10, 11, 11, 11])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'raised 2000',
    ]);
  });

  it('is changed by no gap: what is not known neither raises nor clears, nor begins anew', () => {
    expect(told({ above: 10, forMillis: 2000 }, [11, undefined, 11])).toEqual([undefined, undefined, 'raised 2000']);
    expect(told({ above: 10 }, [11, undefined, Number.NaN, 0])).toEqual([
      'raised 0',
      undefined,
      undefined,
      'cleared 3000',
    ]);
  });

  it('tells whether it is raised', () => {
    const state = new ThresholdState({ name: 't', metric: 'm', above: 1 });
    const raised = [0, 2, 0].map((value) => {
      state.see(value, 0);
      return state.isRaised;
    });
    expect(raised).toEqual([false, true, false]);
  });
});
