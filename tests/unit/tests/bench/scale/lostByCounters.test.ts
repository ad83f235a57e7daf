import { expect, it } from 'vitest';
import { lostByCounters } from '../../../../bench/scale/lostByCounters.ts';

// Lines of a collector 1.50.
const metrics = `# TYPE jaeger_collector_spans_dropped_total counter
jaeger_collector_spans_dropped_total{host="vm"} 15150
jaeger_collector_spans_saved_by_svc_total{debug="false",result="err",svc="other-services"} 20
jaeger_collector_spans_saved_by_svc_total{debug="false",result="ok",svc="shop"} 3000
jaeger_collector_spans_saved_by_svc_total{debug="true",result="err",svc="shop"} 1
jaeger_collector_spans_rejected_total{debug="false",format="proto",svc="shop",transport="grpc"} 400
jaeger_collector_traces_saved_by_svc_total{debug="false",result="err",sampler_type="const",svc="shop"} 50
`;

it('adds what was dropped from the queue and what could not be saved', () => {
  expect(lostByCounters(metrics)).toBe(15_171);
});

it('is 0 where nothing was lost', () => {
  expect(lostByCounters('jaeger_collector_spans_dropped_total{host="vm"} 0\n')).toBe(0);
});
