import { describe, expect, it } from 'vitest';
import { writeOpenMetrics } from '../../../../../runtime/src/export/prometheus/writeOpenMetrics.ts';
import type { ExpositionOptions } from '../../../../../runtime/src/export/prometheus/writeExposition.ts';
import { writePrometheusText } from '../../../../../runtime/src/export/prometheus/writePrometheusText.ts';
import type { MetricSnapshot } from '../../../../../runtime/src/performance/metrics/metricSnapshot.ts';
import { counter, distribution, gauge, histogram, number } from '../../../../support/metricFixture.ts';

const text = (metrics: readonly MetricSnapshot[], options: ExpositionOptions = { scopeLabels: false }): string =>
  [...writePrometheusText(metrics, options)].join('');
const open = (metrics: readonly MetricSnapshot[], options: ExpositionOptions = { scopeLabels: false }): string =>
  [...writeOpenMetrics(metrics, options)].join('');

/** The samples alone. */
function samples(written: string): readonly string[] {
  return written.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const trace = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const exemplar = { value: 0.5, wallMillis: 1_795_737_600_123, ...trace };
const EXEMPLAR = ` # {trace_id="${trace.traceId}",span_id="${trace.spanId}"} 0.5 1795737600.123`;

describe('writePrometheusText', () => {
  it('writes counters, gauges and histograms with their descriptions and types', () => {
    expect(text([counter(), gauge(), histogram()])).toBe(`# HELP shop_orders_total Orders.
# TYPE shop_orders_total counter
shop_orders_total 2
# HELP shop_open Open.
# TYPE shop_open gauge
shop_open 1
# HELP shop_wait_seconds Waiting.
# TYPE shop_wait_seconds histogram
shop_wait_seconds_bucket{le="0.1"} 1
shop_wait_seconds_bucket{le="1.0"} 3
shop_wait_seconds_bucket{le="+Inf"} 4
shop_wait_seconds_count 4
shop_wait_seconds_sum 8.15
`);
  });

  it('writes each series with its labels, those of the scope first', () => {
    const attributes = { route: '/a' };
    const metrics = [
      counter({ points: [number(1, attributes), number(2)] }),
      histogram({ points: [distribution({ attributes })] }),
    ];
    expect(samples(text(metrics, {})).slice(0, 3)).toEqual([
      'shop_orders_total{otel_scope_name="shop",otel_scope_version="1.2.0",route="/a"} 1',
      'shop_orders_total{otel_scope_name="shop",otel_scope_version="1.2.0"} 2',
      'shop_wait_seconds_bucket{otel_scope_name="shop",otel_scope_version="1.2.0",route="/a",le="0.1"} 1',
    ]);
    expect(samples(text([gauge({ scope: { name: 'a "b"' } })], {}))).toEqual([
      String.raw`shop_open{otel_scope_name="a \"b\""} 1`,
    ]);
    expect(samples(text([gauge({ scope: { name: '' } })], {}))).toEqual(['shop_open 1']);
  });

  it('writes infinities and NaN as Prometheus does', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e21, 5e-324, 0.1 + 0.2];
    const points = values.map((value, index) => number(value, { index }));
    expect(samples(text([gauge({ points })])).map((line) => line.split(' ')[1])).toEqual([
      'NaN',
      '+Inf',
      '-Inf',
      '0',
      '1e+21',
      '5e-324',
      '0.30000000000000004',
    ]);
  });

  it('writes the ends of buckets in the one form that both formats have', () => {
    const boundaries = [-1.5, 0, 1e-7, 0.0001, 1, 2.5, 100_000, 1_000_000, 1.5e21];
    const points = [distribution({ boundaries, bucketCounts: boundaries.map(() => 0) })];
    const ends = ['-1.5', '0.0', '1e-07', '0.0001', '1.0', '2.5', '100000.0', '1e+06', '1.5e+21', '+Inf'];
    for (const written of [text([histogram({ points })]), open([histogram({ points })])])
      expect([...written.matchAll(/le="([^"]*)"/g)].map(([, end]) => end)).toEqual(ends);
  });

  it('escapes descriptions, and writes no line where there is none', () => {
    expect(text([gauge({ description: 'a\\b "c"\nd' })])).toContain('# HELP shop_open a\\\\b "c"\\nd\n');
    expect(text([gauge({ description: '' })])).toBe('# TYPE shop_open gauge\nshop_open 1\n');
  });

  it('leaves out the sum of what may be below zero, and exemplars', () => {
    const points = [distribution({ min: -1, exemplars: [exemplar] })];
    expect(samples(text([histogram({ points })])).slice(2)).toEqual([
      'shop_wait_seconds_bucket{le="+Inf"} 4',
      'shop_wait_seconds_count 4',
    ]);
  });

  it('says of a resource what it is, but for its secrets', () => {
    const resource = { attributes: { 'service.name': 'shop', 'session.token': 'x' } };
    expect(text([], { resource })).toBe(
      '# HELP target_info What was scraped.\n# TYPE target_info gauge\n' +
        'target_info{service_name="shop",session_token="[redacted]"} 1\n',
    );
    expect(text([], { resource: { attributes: {} } })).toBe('');
  });
});

describe('writeOpenMetrics', () => {
  it('writes names without _total, units, exemplars on buckets and counters, and the end', () => {
    const metrics = [
      counter({ points: [{ ...number(2), exemplar }] }),
      histogram({ points: [distribution({ exemplars: [undefined, exemplar, undefined] })] }),
      gauge({ points: [{ ...number(2), exemplar }] }),
    ];
    expect(open(metrics)).toBe(`# HELP shop_orders Orders.
# TYPE shop_orders counter
shop_orders_total 2${EXEMPLAR}
# HELP shop_wait_seconds Waiting.
# TYPE shop_wait_seconds histogram
# UNIT shop_wait_seconds seconds
shop_wait_seconds_bucket{le="0.1"} 1
shop_wait_seconds_bucket{le="1.0"} 3${EXEMPLAR}
shop_wait_seconds_bucket{le="+Inf"} 4
shop_wait_seconds_count 4
shop_wait_seconds_sum 8.15
# HELP shop_open Open.
# TYPE shop_open gauge
shop_open 2
# EOF
`);
  });

  it('shows the exemplar of what is above all boundaries', () => {
    const points = [distribution({ exemplars: [undefined, undefined, exemplar] })];
    expect(open([histogram({ points })])).toContain(`le="+Inf"} 4${EXEMPLAR}\n`);
  });

  it.each([
    { ...exemplar, traceId: 'a"b' },
    { ...exemplar, spanId: '' },
    { ...exemplar, traceId: 'a'.repeat(98) },
    { ...exemplar, value: Number.NaN },
  ])('leaves out an exemplar that would cost the whole scrape', (bad) => {
    expect(samples(open([counter({ points: [{ ...number(2), exemplar: bad }] })]))).toEqual(['shop_orders_total 2']);
  });

  it('shows an exemplar of 128 characters, and one whose time is not known', () => {
    const longest = { ...exemplar, traceId: 'a'.repeat(97), wallMillis: Number.NaN };
    expect(open([counter({ points: [{ ...number(2), exemplar: longest }] })])).toContain(
      `shop_orders_total 2 # {trace_id="${'a'.repeat(97)}",span_id="b7ad6b7169203331"} 0.5\n`,
    );
  });

  it('writes neither sum nor count of what may be below zero', () => {
    const written = open([histogram({ points: [distribution({ min: -1 })] })]);
    expect(written).not.toMatch(/_sum|_count/);
  });

  it('escapes quotes in descriptions', () => {
    expect(open([gauge({ description: 'a\\b "c"\nd' })])).toContain(String.raw`# HELP shop_open a\\b \"c\"\nd` + '\n');
  });

  it('says of a resource what it is, and nothing at all of nothing', () => {
    expect(open([], { resource: { attributes: { 'service.name': 'shop' } } })).toBe(
      '# HELP target What was scraped.\n# TYPE target info\ntarget_info{service_name="shop"} 1\n# EOF\n',
    );
    expect(open([])).toBe('# EOF\n');
  });
});

describe('metrics that become one', () => {
  function leftOut(metrics: readonly MetricSnapshot[], options: ExpositionOptions = {}): readonly string[] {
    const told: string[] = [];
    text(metrics, { ...options, onLeftOut: ({ message }) => told.push(message) });
    return told;
  }

  it('of two scopes are one family, under the first description', () => {
    const other = gauge({ scope: { name: 'cart' }, description: 'Other.', points: [number(5)] });
    expect(text([gauge({ description: '' }), counter(), other], {})).toBe(`# HELP shop_open Other.
# TYPE shop_open gauge
shop_open{otel_scope_name="shop",otel_scope_version="1.2.0"} 1
shop_open{otel_scope_name="cart"} 5
# HELP shop_orders_total Orders.
# TYPE shop_orders_total counter
shop_orders_total{otel_scope_name="shop",otel_scope_version="1.2.0"} 2
`);
  });

  it.each<[second: MetricSnapshot, clash: string]>([
    [gauge({ name: 'shop_orders' }), 'shop_orders'],
    [gauge({ name: 'shop.orders.total' }), 'shop_orders_total'],
    [histogram({ name: 'shop.orders', unit: '' }), 'shop_orders'],
    [gauge({ name: 'target.info' }), 'target_info'],
  ])('of different types are the first one, and the second is told', (second, clash) => {
    expect(samples(text([counter(), second]))).toEqual(['shop_orders_total 2']);
    expect(leftOut([counter(), second])).toEqual([
      `${second.name} of "shop" is left out of what Prometheus gets: another metric has the name ${clash} already`,
    ]);
  });

  it('tells of a name of which nothing is left', () => {
    expect(leftOut([gauge({ name: '日本' })])).toEqual([
      '日本 of "shop" is left out of what Prometheus gets: its name has neither letters nor digits',
    ]);
  });

  it('show a series once, which a server would otherwise refuse', () => {
    const twice = gauge({
      points: [number(1, { 'a.b': '1' }), number(2, { a_b: 1 }), number(3, { b: '' }), number(4)],
    });
    expect(samples(text([twice]))).toEqual(['shop_open{a_b="1"} 1', 'shop_open 3']);
    expect(samples(text([gauge(), gauge({ name: 'shop/open' })]))).toEqual(['shop_open 1']);
    expect(leftOut([twice])).toEqual([
      'shop.open of "shop" is left out of what Prometheus gets: 2 series have the labels of another one, or a count that is no number from zero on',
    ]);
  });

  it('leave out counts that cannot be, and whoever is told may throw', () => {
    const points = [
      number(Number.NaN, { a: 1 }),
      number(-1, { a: 2 }),
      number(0, { a: 3 }),
      number(Infinity, { a: 4 }),
    ];
    const onLeftOut = (): never => {
      throw new Error('from the application');
    };
    expect(samples(text([counter({ points })], { onLeftOut, scopeLabels: false }))).toEqual([
      'shop_orders_total{a="3"} 0',
      'shop_orders_total{a="4"} +Inf',
    ]);
  });

  it('without a series are not shown', () => {
    expect(text([counter({ points: [] })])).toBe('');
  });
});

describe('chunks', () => {
  const points = Array.from({ length: 10_000 }, (_, index) => number(index, { shard: index }));

  it('are made when they are asked for, of 64 KiB, none ending within a series', () => {
    let read = 0;
    const counting = new Proxy(points, {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) read = Number(key);
        return Reflect.get(target, key, receiver);
      },
    });
    const chunks = writePrometheusText([gauge({ points: counting })])[Symbol.iterator]();
    const first = String(chunks.next().value);
    expect(first.length).toBeGreaterThanOrEqual(65_536);
    expect(first.length).toBeLessThan(65_700);
    expect(first.endsWith('\n')).toBe(true);
    expect(read).toBeLessThan(1000);
  });

  it('together are everything', () => {
    expect(samples(text([gauge({ points })]))).toEqual(
      points.map((_, index) => `shop_open{shard="${index}"} ${index}`),
    );
  });
});
