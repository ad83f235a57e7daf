import { describe, expect, it } from 'vitest';
import { timeTicks } from '../../../../../runtime/page/src/components/timeTicks.ts';
import { nearestKnown } from '../../../../../runtime/page/src/components/nearestKnown.ts';
import { alignedLines } from '../../../../../runtime/page/src/views/performance/chartLines.ts';
import {
  axisFormat,
  metricFormat,
  valueFormat,
} from '../../../../../runtime/page/src/views/performance/formatMetric.ts';
import { heatMapWords } from '../../../../../runtime/page/src/views/performance/heatMapWords.ts';
import { lineNames } from '../../../../../runtime/page/src/views/performance/lineNames.ts';
import { rangeOf } from '../../../../../runtime/page/src/views/performance/performanceAddress.ts';
import { shownLabels } from '../../../../../runtime/page/src/views/performance/shownLabels.ts';
import { forecastWords, trendInWords } from '../../../../../runtime/page/src/views/performance/trendInWords.ts';

describe('values of metrics', () => {
  it.each([
    ['By', 0, '0 B'],
    ['By', 1023.9, '1 KiB'],
    ['By', 1_610_612_736, '1.5 GiB'],
    ['By', -2048, '−2 KiB'],
    ['s', 0, '0 s'],
    ['s', 0.0000123, '12.3 µs'],
    ['s', 0.9999, '1 s'],
    ['s', 5400, '1.5 h'],
    ['1', 0.456, '45.6 %'],
    ['1', 0.0000004, '0.00004 %'],
    ['{order}', 12_345, '12.3 k order'],
    ['', 999.9, '1 k'],
    ['Cel', 21, '21 Cel'],
  ])('of %j: %d is written %j', (unit, value, written) => {
    expect(valueFormat(unit)(value)).toBe(written);
  });

  it.each([
    ['By', 'counter', '2 MiB/s'],
    ['s', 'counter', '209715200 %'],
    ['{order}', 'counter', '2.1 M order/s'],
    ['', 'counter', '2.1 M/s'],
    ['By', 'histogram', '2.1 M /s'],
  ])('each second, of %j of a %s: %j', (unit, kind, written) => {
    expect(metricFormat({ unit, kind, statistic: 'rate' })(2_097_152)).toBe(written);
  });

  it('are written beside the lines without what is counted', () => {
    expect(axisFormat({ unit: '{order}', kind: 'gauge', statistic: 'mean' })(1500)).toBe('1.5 k');
    expect(axisFormat({ unit: 'By', kind: 'gauge', statistic: 'mean' })(1024)).toBe('1 KiB');
  });
});

describe('lines of a chart', () => {
  it('are named by what tells them apart', () => {
    const line = { metric: 'system.disk.io', instance: 'a' };
    const labels = [
      { 'system.device': 'sda', 'disk.io.direction': 'read', zone: 1 },
      { 'system.device': 'sda', 'disk.io.direction': 'write', zone: 1 },
    ];
    expect(lineNames(labels.map((each) => ({ ...line, labels: each })))).toEqual(['read', 'write']);
    expect(lineNames([{ ...line, labels: labels[0] ?? {} }])).toEqual(['device=sda, direction=read, zone=1']);
    expect(lineNames([{ ...line, labels: {} }])).toEqual(['io']);
    expect(
      lineNames([
        { ...line, labels: {} },
        { ...line, instance: 'b', labels: {} },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('stand beside each other without a number that nobody measured', () => {
    const { timesMillis, lines } = alignedLines([
      { times: [1, 3, 5], values: [10, null, 30] },
      { times: [2, 3], values: [1, 2], lows: [0, 1], highs: [2, 3] },
    ]);
    expect(timesMillis).toEqual([1, 2, 3, 5]);
    expect(lines).toEqual([
      { values: [10, undefined, null, 30] },
      {
        values: [undefined, 1, 2, undefined],
        lows: [undefined, 0, 1, undefined],
        highs: [undefined, 2, 3, undefined],
      },
    ]);
    expect([0, 1, 2, 3].map((at) => nearestKnown(lines[0]?.values ?? [], at))).toEqual([0, 0, undefined, 3]);
  });

  it('have times beneath them with the day where it changes', () => {
    const day = new Date(2026, 10, 27, 23, 0).getTime() / 1000;
    expect(timeTicks([day, day + 3600, day + 7200], 3600)).toEqual(['23:00', '00:00\n11-28', '01:00']);
    expect(timeTicks([day, day + 30], 30)).toEqual(['23:00:00', '23:00:30']);
    expect(timeTicks([day, day + 86_400], 86_400)).toEqual(['11-27', '11-28']);
  });
});

describe('trends in words', () => {
  const bytes = valueFormat('By');
  const trend = { pValue: 0.002, perSecond: 1, lowPerSecond: 0.5, highPerSecond: 2, lastLevel: 9 };

  it('are of a time that was seen', () => {
    const rising = { ...trend, verdict: 'rising' } as const;
    const told = (spanMillis: number) => trendInWords({ trend: rising, spanMillis }, bytes);
    expect(told(90_000)).toBe('rises by 60 B a minute (30 B to 120 B), by chance: 0.2 %');
    expect(told(3_600_000)).toBe('rises by 3.52 KiB an hour (1.76 KiB to 7.03 KiB), by chance: 0.2 %');
    expect(told(90_000_000)).toContain(' a day ');
  });

  it('say what is not known', () => {
    const few = { verdict: 'not enough data', needed: 10, given: 4 } as const;
    expect(trendInWords({ trend: few, spanMillis: 0 }, bytes)).toBe('not enough data: 4 of 10 points');
    const none = { ...trend, verdict: 'no trend', pValue: 0.46 } as const;
    expect(trendInWords({ trend: none, spanMillis: 0 }, bytes)).toBe(
      'neither rises nor falls for sure (by chance: 46 %)',
    );
  });

  it('say what is ahead', () => {
    const limit = { value: 1, side: 'ceiling', meaning: 'disk full' } as const;
    const reaches = { verdict: 'reaches', inMillis: 1, earliestInMillis: 1, words: 'in 3 d ± 1 d' } as const;
    expect(forecastWords({ limit, forecast: reaches })).toBe('disk full in 3 d ± 1 d');
    expect(forecastWords({ limit, forecast: { verdict: 'never', words: 'never: no trend' } })).toBe(
      'disk full: not in sight',
    );
    expect(forecastWords({ limit, forecast: undefined })).toBeUndefined();
  });
});

describe('what the address says', () => {
  it('is a window where the times are none', () => {
    const range = (query: Record<string, string>) => rangeOf({ path: ['performance'], query });
    expect(range({})).toEqual({ window: '1h' });
    expect(range({ window: '7d', from: '5', to: '9' })).toEqual({ window: '7d', fromMillis: 5, toMillis: 9 });
    for (const query of [{ from: '9', to: '5' }, { from: 'x', to: '5' }, { to: '5' }, { window: '2h' }])
      expect(range(query)).toEqual({ window: '1h' });
  });

  it('is no label where it cannot be read', () => {
    expect(shownLabels('{"a":1}')).toEqual({ a: 1 });
    for (const text of [undefined, '', '{', '[1]', 'null', '"a"']) expect(shownLabels(text)).toEqual({});
  });
});

describe('cells of a heat map', () => {
  it('say what they count', () => {
    const from = new Date(2026, 10, 27, 10, 0).getTime();
    const columns = [{ fromMillis: from, toMillis: from + 60_000, isRead: true, count: 3, failed: 1 }];
    const words = heatMapWords({
      unit: 's',
      columns,
      bands: [
        { above: 0.1, upTo: 0.2, count: 3 },
        { above: 5, count: 1 },
      ],
    });
    expect(words.cell({ column: 0, row: 0, value: 3, bad: 1 })).toBe(
      '3 requests, 1 of them failed: took 100 ms to 200 ms, ended 11-27 10:00:00 to 11-27 10:01:00',
    );
    expect(words.cell({ column: 0, row: 1, value: 1, bad: 0 })).toContain('1 request: took more than 5 s');
    expect([words.band(0), words.band(1)]).toEqual(['≤ 200 ms', '> 5 s']);
  });
});
