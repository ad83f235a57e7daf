import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countersIn } from '../../../../../tools/validate/performance/counters.ts';
import { requireMetrics } from '../../../../../tools/validate/performance/readMetrics.ts';
import { checkout } from '../../../../support/commands.ts';

const streaming = readFileSync(join(checkout, 'tests/fixtures/expositions/collector-streaming.txt'), 'utf8');

describe('what collectors have counted', () => {
  it('is of the spans of the load alone, whoever else sends meanwhile', () => {
    expect(countersIn([streaming, streaming], 'shop').saved).toBe(1600);
    expect(countersIn([streaming], 'tracewright-load-100').saved).toBe(0);
  });

  it('takes in services that Jaeger names no more: the load may be one of them', () => {
    const others = 'jaeger_collector_spans_saved_by_svc_total{debug="false",result="ok",svc="other-services"} 7';
    expect(countersIn([others], 'tracewright-load-100').saved).toBe(7);
  });
});

describe('a metric that is needed', () => {
  it('is missed by its name, and not taken for 0', () => {
    const needed = ['jaeger_collector_queue_length', 'jaeger_kafka_spans_written_total'];
    expect(() => requireMetrics('pod a/b', streaming, needed)).not.toThrow();
    expect(() => requireMetrics('pod a/b', 'jaeger_collector_queue_length 3', needed)).toThrow(
      'pod a/b shows no jaeger_kafka_spans_written_total',
    );
  });
});
