import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  traceFiltersOf,
  traceHref,
  zoomOf,
  zoomText,
} from '../../../../../runtime/page/src/views/traces/traceAddress.ts';
import { treeMove } from '../../../../../runtime/page/src/views/traces/treeKeys.ts';
import {
  axisTicks,
  descendantCounts,
  panned,
  parentIndex,
  placeOf,
  revealed,
  visibleRows,
  zoomed,
} from '../../../../../runtime/page/src/views/traces/waterfallModel.ts';

/** a > (b > c, d), e > f */
const ROWS = [0, 1, 2, 1, 0, 1].map((depth, index) => ({ depth, hasChildren: [0, 1, 4].includes(index) }));
const NONE: ReadonlySet<number> = new Set();

describe('rows of a tree', () => {
  it('are hidden beneath those that are folded', () => {
    expect(visibleRows(ROWS, NONE)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(visibleRows(ROWS, new Set([1]))).toEqual([0, 1, 3, 4, 5]);
    expect(visibleRows(ROWS, new Set([0, 1]))).toEqual([0, 4, 5]);
    expect(visibleRows(ROWS, new Set([0, 4]))).toEqual([0, 4]);
  });

  it('know what is above and how many are beneath them', () => {
    expect(ROWS.map((_, index) => parentIndex(ROWS, index))).toEqual([-1, 0, 1, 0, -1, 4]);
    expect(descendantCounts(ROWS)).toEqual([3, 1, 0, 0, 1, 0]);
  });

  it('are unfolded so that one is to be seen, and no others', () => {
    expect([...revealed(ROWS, new Set([0, 1, 4]), 2)]).toEqual([4]);
  });

  it('are hidden as many as are beneath a folded one, of any tree', () => {
    const depths = fc.array(fc.nat(3), { maxLength: 30 }).map((steps) => {
      let depth = 0;
      return steps.map((step, index) => ({ depth: (depth = index === 0 ? 0 : Math.min(depth + 1, step)) }));
    });
    fc.assert(
      fc.property(depths, fc.nat(29), (rows, index) => {
        fc.pre(index < rows.length);
        const hidden = rows.length - visibleRows(rows, new Set([index])).length;
        expect(hidden).toBe(descendantCounts(rows)[index]);
      }),
    );
  });
});

describe('keys in the tree', () => {
  const at = (active: number, collapsed = NONE) => ({
    rows: ROWS,
    visible: visibleRows(ROWS, collapsed),
    collapsed,
    active,
  });

  it.each([
    ['ArrowDown', at(0), { to: 1 }],
    ['ArrowDown', at(1, new Set([1])), { to: 3 }],
    ['ArrowDown', at(5), { to: 5 }],
    ['ArrowUp', at(0), { to: 0 }],
    ['Home', at(3), { to: 0 }],
    ['End', at(0), { to: 5 }],
    ['PageDown', at(0), { to: 5 }],
    ['ArrowRight', at(0), { to: 1 }],
    ['ArrowRight', at(2), { to: 2 }],
    ['ArrowRight', at(1, new Set([1])), { to: 1, toggle: true }],
    ['ArrowLeft', at(1), { to: 1, toggle: true }],
    ['ArrowLeft', at(2), { to: 1 }],
    ['ArrowLeft', at(1, new Set([1])), { to: 0 }],
    ['Enter', at(3), { to: 3, select: true }],
    ['x', at(3), undefined],
  ] as const)('%s', (key, place, move) => {
    expect(treeMove(key, place)).toEqual(move);
  });
});

describe('the time that is shown', () => {
  it('is in the address, and only what is a part of the trace', () => {
    expect(zoomOf({ zoom: '10-50' }, 100)).toEqual({ from: 10, to: 50 });
    expect(zoomOf({ zoom: '10-500' }, 100)).toEqual({ from: 10, to: 100 });
    for (const zoom of ['', '50-10', '5-5', '-1-5', 'a-b', '200-300', '1e3-5'])
      expect(zoomOf({ zoom }, 100)).toBeUndefined();
    expect(zoomText({ from: 10.4, to: 49.5 }, 100)).toBe('10-50');
    expect(zoomText({ from: 0, to: 100 }, 100)).toBe('');
    expect(zoomText({ from: 7.2, to: 7.3 }, 100)).toBe('7-8');
  });

  it('stays within the trace', () => {
    expect(zoomed({ from: 0, to: 100 }, 0.5, 100)).toEqual({ from: 25, to: 75 });
    expect(zoomed({ from: 25, to: 75 }, 4, 100)).toEqual({ from: 0, to: 100 });
    expect(panned({ from: 60, to: 90 }, 0.5, 100)).toEqual({ from: 70, to: 100 });
    expect(panned({ from: 10, to: 40 }, -0.5, 100)).toEqual({ from: 0, to: 30 });
  });

  it('has round marks on its axis', () => {
    expect(axisTicks({ from: 0, to: 1300 })).toEqual([0, 500, 1000]);
    expect(axisTicks({ from: 120, to: 170 })).toEqual([120, 130, 140, 150, 160, 170]);
    expect(axisTicks({ from: 0, to: 0 })).toEqual([0]);
  });

  it('has bars where spans are in it, cut at its edges', () => {
    const range = { from: 100, to: 200 };
    expect(placeOf(150, 25, range)).toEqual({ left: 50, width: 25 });
    expect(placeOf(0, 150, range)).toEqual({ left: 0, width: 50 });
    expect(placeOf(0, 1000, range)).toEqual({ left: 0, width: 100 });
    expect(placeOf(0, 50, range)).toBeUndefined();
    expect(placeOf(300, 5, range)).toBeUndefined();
  });
});

describe('addresses of traces', () => {
  it('have what is sought, and the span that is chosen', () => {
    expect(traceFiltersOf({ service: 'shop', tags: '', colour: 'red', limit: '50' })).toEqual({
      service: 'shop',
      limit: '50',
    });
    expect(traceHref('ab', 'cd')).toBe('#/traces/ab?span=cd');
    expect(traceHref('ab')).toBe('#/traces/ab');
  });
});
