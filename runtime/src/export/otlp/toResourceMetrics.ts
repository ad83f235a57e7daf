import { ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { redactedAttributes } from '../../core/redactedAttributes.ts';
import type {
  HistogramPoint,
  MetricScope,
  MetricSnapshot,
  NumberPoint,
} from '../../performance/metrics/metricSnapshot.ts';

/**
 * Metrics as OpenTelemetry's SDK hands them to exporters: cumulative, in their scopes, in the order in which each scope is
 * met first. Lists are copied, as exporters may change what they are given. Exemplars have no place in the SDK's metrics (3.1);
 * metrics without a series are left out.
 *
 * @param resource - what the process is; what its keys say is secret is redacted
 * @param nowWallMillis - when the metrics were read, in milliseconds since 1970
 */
export function toResourceMetrics(
  metrics: readonly MetricSnapshot[],
  resource: Pick<Resource, 'attributes'>,
  nowWallMillis: number,
): ResourceMetrics {
  const scopes = new Map<string, ScopeMetrics>();
  for (const metric of metrics) {
    if (metric.points.length > 0) scopeMetricsOf(metric.scope, scopes).metrics.push(metricData(metric, nowWallMillis));
  }
  return {
    resource: resourceFromAttributes(redactedAttributes(resource.attributes)),
    scopeMetrics: [...scopes.values()],
  };
}

function scopeMetricsOf(scope: MetricScope, scopes: Map<string, ScopeMetrics>): ScopeMetrics {
  const { name, version } = scope;
  const key = JSON.stringify([name, version]);
  let found = scopes.get(key);
  if (found === undefined) {
    found = { scope: version === undefined ? { name } : { name, version }, metrics: [] };
    scopes.set(key, found);
  }
  return found;
}

function metricData(metric: MetricSnapshot, nowWallMillis: number): MetricData {
  const { name, description, unit } = metric;
  const common = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const pointOf = <T>({ attributes, startWallMillis }: NumberPoint | HistogramPoint, value: T): DataPoint<T> => ({
    startTime: millisToHrTime(startWallMillis),
    endTime: millisToHrTime(nowWallMillis),
    attributes,
    value,
  });
  switch (metric.kind) {
    case 'histogram': {
      const dataPoints = metric.points.map((point) => pointOf(point, histogramOf(point)));
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints };
    }
    case 'gauge': {
      const dataPoints = metric.points.map((point) => pointOf(point, point.value));
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints };
    }
    case 'counter':
    case 'upDownCounter': {
      const dataPoints = metric.points.map((point) => pointOf(point, point.value));
      const isMonotonic = metric.kind === 'counter';
      return { ...common, dataPointType: DataPointType.SUM, dataPoints, isMonotonic };
    }
  }
}

function histogramOf({ boundaries, bucketCounts, count, sum, min, max }: HistogramPoint): Histogram {
  return {
    buckets: { boundaries: [...boundaries], counts: [...bucketCounts] },
    count,
    sum,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}
