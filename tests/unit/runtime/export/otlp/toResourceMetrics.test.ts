import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { toResourceMetrics } from '../../../../../runtime/src/export/otlp/toResourceMetrics.ts';
import { counter, distribution, gauge, histogram, number } from '../../../../support/metricFixture.ts';

const NOW = 1_795_737_600_123;
const END = [1_795_737_600, 123_000_000];
const resource = { attributes: { 'service.name': 'shop' } };

describe('toResourceMetrics', () => {
  it('hands over counters, sums that may fall, and gauges', () => {
    const open = gauge({ kind: 'upDownCounter' });
    const metrics = [counter({ points: [{ ...number(2, { route: '/a' }), startWallMillis: 1500 }] }), open, gauge()];
    const { scopeMetrics, resource: given } = toResourceMetrics(metrics, resource, NOW);
    expect(given.attributes).toEqual({ 'service.name': 'shop' });
    expect(scopeMetrics.map(({ scope }) => scope)).toEqual([{ name: 'shop', version: '1.2.0' }]);
    expect(scopeMetrics[0]?.metrics).toEqual([
      {
        descriptor: { name: 'shop.orders', description: 'Orders.', unit: '{order}', valueType: 1 },
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: [{ startTime: [1, 500_000_000], endTime: END, attributes: { route: '/a' }, value: 2 }],
      },
      expect.objectContaining({ dataPointType: DataPointType.SUM, isMonotonic: false }),
      expect.objectContaining({ dataPointType: DataPointType.GAUGE }),
    ]);
  });

  it('hands over a resource without what its keys say is secret', () => {
    const attributes = { 'service.name': 'shop', password: 'x', api_key: ['x'], 'app.sessionToken': undefined };
    const { resource: given } = toResourceMetrics([], { attributes }, NOW);
    const hidden = '[redacted]';
    expect(given.attributes).toEqual({ 'service.name': 'shop', password: hidden, api_key: hidden });
  });

  it('hands over histograms, as they were then', () => {
    const bucketCounts = [1, 2, 1];
    const points = [distribution({ bucketCounts }), distribution({ count: 0, min: undefined, max: undefined, sum: 0 })];
    const [scope] = toResourceMetrics([histogram({ points })], resource, NOW).scopeMetrics;
    bucketCounts[0] = 99;
    const [metric] = scope?.metrics ?? [];
    expect(metric?.dataPointType).toBe(DataPointType.HISTOGRAM);
    expect(metric?.dataPoints.map(({ value }) => value)).toEqual([
      { buckets: { boundaries: [0.1, 1], counts: [1, 2, 1] }, count: 4, sum: 8.15, min: 0.05, max: 7 },
      { buckets: { boundaries: [0.1, 1], counts: [1, 2, 1] }, count: 0, sum: 0 },
    ]);
  });

  it('puts metrics into their scopes, told apart by name and version', () => {
    const scopes = [{ name: 'a' }, { name: 'b' }, { name: 'a', version: '2' }, { name: 'a' }];
    const { scopeMetrics } = toResourceMetrics(
      scopes.map((scope) => gauge({ scope })),
      resource,
      NOW,
    );
    expect(scopeMetrics.map(({ scope, metrics }) => [scope, metrics.length])).toEqual([
      [{ name: 'a' }, 2],
      [{ name: 'b' }, 1],
      [{ name: 'a', version: '2' }, 1],
    ]);
  });

  it('leaves out metrics without a series', () => {
    expect(toResourceMetrics([gauge({ points: [] })], resource, NOW).scopeMetrics).toEqual([]);
  });
});
