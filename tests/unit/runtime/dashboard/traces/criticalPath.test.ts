import { describe, expect, it } from 'vitest';
import { waterfall } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { type FixtureSpan, traceOf } from './jaegerFixture.ts';

/** The sections of every span that is on it, by their beginnings and ends. */
function pathOf(spans: readonly FixtureSpan[]): Readonly<Record<string, readonly (readonly number[])[]>> {
  const rows = waterfall(traceOf(spans)).rows.filter(({ isOnCriticalPath }) => isOnCriticalPath);
  return Object.fromEntries(
    rows.map(({ spanId, criticalSections }) => [
      spanId,
      criticalSections.map(({ startMicros, durationMicros }) => [startMicros, startMicros + durationMicros]),
    ]),
  );
}

describe('the critical path', () => {
  it('is the whole of a span without children', () => {
    expect(pathOf([{ id: 'root' }])).toEqual({ root: [[0, 100]] });
  });

  it('passes through children one after the other, and their parent in between', () => {
    const spans = [
      { id: 'root' },
      { id: 'a', parent: 'root', from: 10, to: 40 },
      { id: 'b', parent: 'root', from: 50, to: 80 },
    ];
    expect(pathOf(spans)).toEqual({
      root: [
        [0, 10],
        [40, 50],
        [80, 100],
      ],
      a: [[10, 40]],
      b: [[50, 80]],
    });
  });

  it('of children at the same time, has the one that ended last', () => {
    const spans = [
      { id: 'root' },
      { id: 'short', parent: 'root', from: 10, to: 60 },
      { id: 'long', parent: 'root', from: 20, to: 90 },
    ];
    expect(pathOf(spans)).toEqual({
      root: [
        [0, 20],
        [90, 100],
      ],
      long: [[20, 90]],
    });
  });

  it('goes into grandchildren, and back to what ended before them', () => {
    const spans = [
      { id: 'root' },
      { id: 'child', parent: 'root', from: 20, to: 100 },
      { id: 'grandchild', parent: 'child', from: 60, to: 100 },
      { id: 'before', parent: 'root', from: 5, to: 20 },
    ];
    expect(pathOf(spans)).toEqual({
      root: [[0, 5]],
      before: [[5, 20]],
      child: [[20, 60]],
      grandchild: [[60, 100]],
    });
  });

  it('has a child that goes on after its parent until its parent ends', () => {
    expect(pathOf([{ id: 'root' }, { id: 'late', parent: 'root', from: 70, to: 300 }])).toEqual({
      root: [[0, 70]],
      late: [[70, 100]],
    });
  });

  it('has no child that begins after its parent has ended, nor what is beneath it', () => {
    const spans = [
      { id: 'root' },
      { id: 'after', parent: 'root', from: 150, to: 300 },
      { id: 'beneath', parent: 'after', from: 20, to: 300 },
    ];
    expect(pathOf(spans)).toEqual({ root: [[0, 100]] });
  });

  it('has nothing that nobody waits for', () => {
    const spans = [
      { id: 'root' },
      { id: 'job', follows: 'root', from: 10, to: 100 },
      { id: 'work', parent: 'job', from: 20, to: 90 },
    ];
    expect(pathOf(spans)).toEqual({ root: [[0, 100]] });
  });

  it('is that of the first root, not of an orphan before it', () => {
    const spans = [
      { id: 'orphan', parent: 'lost', from: 0, to: 500 },
      { id: 'root', from: 10, to: 100 },
      { id: 'second', from: 20, to: 900 },
    ];
    expect(pathOf(spans)).toEqual({ root: [[10, 100]] });
  });

  it('has no span that took no time', () => {
    expect(pathOf([{ id: 'root' }, { id: 'moment', parent: 'root', from: 50, to: 50 }])).toEqual({
      root: [
        [0, 50],
        [50, 100],
      ],
    });
  });

  it('of children that end at once, has the one that began first', () => {
    const spans = [
      { id: 'root' },
      { id: 'late', parent: 'root', from: 60, to: 90 },
      { id: 'early', parent: 'root', from: 10, to: 90 },
    ];
    expect(Object.keys(pathOf(spans))).toEqual(['root', 'early']);
  });
});
