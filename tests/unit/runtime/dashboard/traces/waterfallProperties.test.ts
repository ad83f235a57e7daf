import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceSummary } from '../../../../../runtime/src/dashboard/traces/traceSummary.ts';
import { waterfall, type WaterfallRow } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { type FixtureSpan, traceOf } from './jaegerFixture.ts';

const id = fc.integer({ min: 0, max: 12 }).map(String);

/** Whatever references, times and IDs: cycles, orphans, several roots, the same ID twice. */
const anySpan: fc.Arbitrary<FixtureSpan> = fc
  .record({
    id,
    parent: fc.option(id, { nil: undefined }),
    follows: fc.option(id, { nil: undefined, freq: 10 }),
    from: fc.integer({ min: 0, max: 50 }),
    duration: fc.integer({ min: 0, max: 50 }),
    service: fc.constantFrom('a', 'b', '__proto__'),
    isTimeless: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ id, parent, follows, from, duration, service, isTimeless }) => ({
    id,
    ...(parent !== undefined && { parent }),
    ...(follows !== undefined && { follows }),
    ...(isTimeless && { startTime: 0 }),
    from,
    to: from + duration,
    service,
  }));

const anyTrace = fc.array(anySpan, { maxLength: 20 }).map(traceOf);

function ends({ startMicros, durationMicros }: { startMicros: number; durationMicros: number }): [number, number] {
  return [startMicros, startMicros + durationMicros];
}

function isOfTimelessSpans(problem: string): boolean {
  return problem.startsWith('without a start time');
}

/** The row above one, by the depths alone. */
function parentRow(rows: readonly WaterfallRow[], index: number): WaterfallRow | undefined {
  const depth = rows[index]?.depth ?? 0;
  return rows.slice(0, index).findLast((row) => row.depth === depth - 1);
}

describe('the waterfall of any trace', () => {
  it('has each span in exactly one row, and its parent above it unless it is a root or an orphan', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { rows, spanCount, services } = waterfall(trace);
        const distinct = new Set(
          (trace.spans ?? []).map((span) =>
            JSON.stringify([span.spanID, span.startTime, span.duration, span.processID]),
          ),
        );
        expect(rows).toHaveLength(distinct.size);
        expect(spanCount).toBe(distinct.size);
        expect(services.reduce((sum, { spans }) => sum + spans, 0)).toBe(distinct.size);
        for (const [index, row] of rows.entries()) {
          const isRoot = row.depth === 0;
          expect(isRoot).toBe(row.isOrphan || row.parentId === undefined);
          if (!isRoot) expect(parentRow(rows, index)?.spanId).toBe(row.parentId);
          expect(row.hasChildren).toBe((rows[index + 1]?.depth ?? 0) > row.depth);
        }
      }),
    );
  });

  it('has every span within its time, and siblings in the order of their starts', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { rows, durationMicros, problems } = waterfall(trace);
        for (const row of rows) expect(row.startMicros).toBeGreaterThanOrEqual(0);
        if (problems.some(isOfTimelessSpans)) return;
        const lastOf = new Map<number, WaterfallRow>();
        for (const row of rows) {
          expect(ends(row)[1]).toBeLessThanOrEqual(durationMicros);
          const before = lastOf.get(row.depth);
          if (before !== undefined) expect(row.startMicros).toBeGreaterThanOrEqual(before.startMicros);
          for (const depth of lastOf.keys()) if (depth > row.depth) lastOf.delete(depth);
          lastOf.set(row.depth, row);
        }
      }),
    );
  });

  it('has a critical path that covers the time of its root, each moment once, within the spans that are on it', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { rows, problems } = waterfall(trace);
        if (problems.some(isOfTimelessSpans)) return;
        const root = rows.filter(({ depth }) => depth === 0);
        const main = root.find(({ parentId }) => parentId === undefined) ?? root[0];
        const sections = rows.flatMap((row) => {
          for (const section of row.criticalSections) {
            expect(section.startMicros).toBeGreaterThanOrEqual(row.startMicros);
            expect(ends(section)[1]).toBeLessThanOrEqual(ends(row)[1]);
          }
          expect(row.isOnCriticalPath).toBe(row.criticalSections.length > 0);
          return row.criticalSections;
        });
        const ordered = sections.map(ends).sort((left, right) => left[0] - right[0]);
        const joined = ordered.reduce<number | undefined>((end, [from, to]) => {
          expect(to).toBeGreaterThan(from);
          expect(from).toBe(end);
          return to;
        }, main?.startMicros);
        expect(joined).toBe(main && ends(main)[1]);
      }),
    );
  });

  it('is of the same spans, services, times and errors as the summary', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { spanCount, errorCount, startMicros, durationMicros } = waterfall(trace);
        expect(traceSummary(trace)).toMatchObject({ spanCount, errorCount, startMicros, durationMicros });
      }),
    );
  });
});
