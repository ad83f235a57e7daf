import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../../tools/validate/report/report.ts';
import { missingFinding, resultOf, sampleReport, soundFinding } from '../../../../support/validateReport.ts';

describe('createReport', () => {
  it('counts what results came to, and comes to the worst', () => {
    const { outcome, counts } = sampleReport();
    expect([outcome, counts]).toEqual(['failed', { ok: 2, warning: 1, unchecked: 1, failed: 1 }]);
    expect(sampleReport({ results: [resultOf('ok', [soundFinding])] }).outcome).toBe('ok');
  });

  it('never takes an examination in which nothing was run for a good one', () => {
    expect(sampleReport({ results: [] }).outcome).toBe('unchecked');
  });

  it('goes by what results say, and not by their findings', () => {
    expect(sampleReport({ results: [resultOf('warning', [missingFinding])] }).outcome).toBe('warning');
  });

  it('leaves numbers that are none out of plots, and makes texts of them in tables', () => {
    const [plot] = sampleReport().plots;
    const points = [
      [0, NaN],
      [1, Infinity],
      [NaN, 1],
      [2, 3],
    ] as const;
    const { plots, tables } = sampleReport({
      plots: plot === undefined ? [] : [{ ...plot, series: [{ name: 'a', points }] }],
      tables: [
        {
          title: 't',
          columns: ['a', 'b'],
          rows: [
            [NaN, 1],
            [-Infinity, 'x'],
          ],
        },
      ],
    });
    expect(plots[0]?.series).toEqual([{ name: 'a', points: [[2, 3]] }]);
    expect(tables[0]?.rows).toEqual([
      ['–', 1],
      ['–', 'x'],
    ]);
  });
});

describe('exitCodes', () => {
  it('differ for each outcome, and from that of a command that could not do its work', () => {
    expect(exitCodes).toEqual({ ok: 0, warning: 2, unchecked: 3, failed: 4 });
  });
});
