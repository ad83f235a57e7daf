// @spec S4.2 S4.5
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createObservability } from '@tracewright/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHostProcess } from '../../../runtime/src/core/adapters/nodeHostProcess.ts';
import type { TraceContext } from '../../../runtime/src/core/currentTraceContext.ts';
import { type MetricsServer, serveMetrics } from '../../../runtime/src/export/prometheus/adapters/serveMetrics.ts';
import { metricsHandler } from '../../../runtime/src/export/prometheus/metricsHandler.ts';
import { writePrometheusText } from '../../../runtime/src/export/prometheus/writePrometheusText.ts';
import { MetricsProvider } from '../../../runtime/src/performance/metrics/metricsProvider.ts';
import { gauge, number } from '../../support/metricFixture.ts';
import { PrometheusServer } from '../support/prometheusServer.ts';

const HOSTILE: readonly string[] = [
  'quote " and \\ and \\n',
  'line\nbreak\r\n',
  '{job="x"} 1 # {trace_id="y"}',
  '# HELP x y',
  '# EOF',
  'nul \0 bell \u0007',
  'tab\t ünïcödé 日本 🎉',
  '\\',
  '\\\\"',
  '  spaces  ',
  '<script>alert(1)</script>',
];
const NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-9, 1e300, 123_456_789.125, -0.5];
const SAMPLED = { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' };
const resource = { attributes: { 'service.name': 'shop', 'service.version': '1.2.0' } };

let trace: TraceContext | undefined;
const provider = new MetricsProvider({ host: nodeHostProcess(), currentTrace: () => trace });
// The provider takes no numbers that are none; whoever else makes metrics may.
const source = {
  collect: async () => [
    ...(await provider.collect()),
    gauge({
      name: 'shop.number',
      points: NUMBERS.map((value) => number(value, { of: String(value) })),
    }),
  ],
};
let openMetrics: MetricsServer;
let prometheus: PrometheusServer;
/** Prometheus asks for OpenMetrics; this one does not listen. */
const handle = metricsHandler(source, { resource });
const text = createServer((request, response) => {
  request.headers.accept = 'text/plain';
  handle(request, response);
});

beforeAll(async () => {
  measure();
  openMetrics = await serveMetrics(source, { port: 0, resource });
  text.listen(0, '127.0.0.1');
  await once(text, 'listening');
  const textUrl = `http://127.0.0.1:${(text.address() as AddressInfo).port}/metrics`;
  prometheus = await PrometheusServer.start({ open: openMetrics.url, text: textUrl });
  for (const job of ['open', 'text']) await prometheus.queryUntilFound(`shop_orders_total{job="${job}"}`);
  // Nobody may have built the toolchain's part before.
}, 600_000);
afterAll(async () => {
  await prometheus[Symbol.asyncDispose]();
  await openMetrics.stop();
  text.close().closeAllConnections();
});

function measure(): void {
  const meter = provider.getMeter('shop', '1.2.0');
  const orders = meter.createCounter('shop.orders', { description: 'Orders "taken"\nand kept.', unit: '{order}' });
  const open = meter.createUpDownCounter('shop.open', { description: 'Orders that are open.', unit: '{order}' });
  const disk = meter.createObservableGauge('shop.disk.utilization', { description: 'Disk in use.', unit: '1' });
  const note = meter.createGauge('shop.note', { description: 'Hostile.' });
  const wait = meter.createHistogram('shop.wait', {
    description: 'How long customers wait.',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.1, 1, 10] },
  });
  disk.addCallback((result) => result.observe(0.25, { 'disk.name': 'sda' }));
  open.add(7);
  open.add(-3);
  const attributes = { 'http.route': '/orders', le: '7' };
  orders.add(2, attributes);
  wait.record(0.0625);
  wait.record(20);
  trace = { traceId: SAMPLED.trace_id, spanId: SAMPLED.span_id, sampled: true };
  orders.add(3, attributes);
  wait.record(0.5);
  trace = { traceId: '1af7651916cd43dd8448eb211c80319c', spanId: 'c7ad6b7169203331', sampled: false };
  wait.record(0.75);
  trace = undefined;
  for (const [index, hostile] of HOSTILE.entries()) note.record(index, { hostile });
}

/** The values of a metric by one of its labels. */
async function valuesBy(expression: string, label: string): Promise<Readonly<Record<string, string>>> {
  const samples = await prometheus.query(expression);
  return Object.fromEntries(samples.map(({ metric, value }) => [metric[label] ?? '', value]));
}

describe.each(['open', 'text'])('a Prometheus that scrapes, job %s', (job) => {
  it('takes all that it is shown', async () => {
    expect(await valuesBy('up', 'job')).toEqual({ open: '1', text: '1' });
    expect(await prometheus.targets()).toEqual([
      { health: 'up', lastError: '' },
      { health: 'up', lastError: '' },
    ]);
    expect(prometheus.log).not.toMatch(/level=(warn|error)/);
  });

  it('has the values, under the names and labels that OpenTelemetry specifies', async () => {
    const [orders] = await prometheus.query(`shop_orders_total{job="${job}"}`);
    expect({ ...orders?.metric, value: orders?.value }).toEqual({
      __name__: 'shop_orders_total',
      http_route: '/orders',
      exported_le: '7',
      instance: expect.stringMatching(/^127/) as unknown,
      job,
      otel_scope_name: 'shop',
      otel_scope_version: '1.2.0',
      value: '5',
    });
    expect(await valuesBy(`shop_open{job="${job}"}`, 'job')).toEqual({ [job]: '4' });
    expect(await valuesBy(`shop_disk_utilization_ratio{job="${job}"}`, 'disk_name')).toEqual({ sda: '0.25' });
  });

  it('has the buckets of histograms, their counts and sums, and computes quantiles', async () => {
    const buckets = `shop_wait_seconds_bucket{job="${job}"}`;
    expect(await valuesBy(buckets, 'le')).toEqual({ '0.1': '1', '1.0': '3', '10.0': '3', '+Inf': '4' });
    expect(await valuesBy(`shop_wait_seconds_count{job="${job}"}`, 'job')).toEqual({ [job]: '4' });
    expect(await valuesBy(`shop_wait_seconds_sum{job="${job}"}`, 'job')).toEqual({ [job]: '21.3125' });
    const [median] = await prometheus.query(`histogram_quantile(0.5, ${buckets})`);
    expect(Number(median?.value)).toBeCloseTo(0.55, 6);
  });

  it('reads hostile values and numbers as they were given', async () => {
    expect(await valuesBy(`shop_note{job="${job}"}`, 'hostile')).toEqual(
      Object.fromEntries(HOSTILE.map((hostile, index) => [hostile, String(index)])),
    );
    const numbers = await prometheus.query(`shop_number{job="${job}"}`);
    const read = numbers.map(({ metric, value }) => [metric['of'], Number(value.replace('Inf', 'Infinity'))]);
    expect(new Set(read)).toEqual(new Set(NUMBERS.map((value) => [String(value), value])));
  });

  it('joins what the process is', async () => {
    const joined = `shop_open{job="${job}"} * on (instance) group_left (service_version) target_info`;
    expect(await valuesBy(joined, 'service_version')).toEqual({ '1.2.0': '4' });
  });
});

describe('a Prometheus that scrapes OpenMetrics', () => {
  it('knows what each metric is', async () => {
    const metadata = await prometheus.metadata();
    expect(metadata['shop_orders']).toEqual([{ type: 'counter', help: 'Orders "taken"\nand kept.', unit: '' }]);
    expect(metadata['shop_orders_total']).toEqual([{ type: 'counter', help: 'Orders "taken"\nand kept.', unit: '' }]);
    expect(metadata['shop_wait_seconds']).toContainEqual({
      type: 'histogram',
      help: 'How long customers wait.',
      unit: 'seconds',
    });
    expect(metadata['target']).toEqual([{ type: 'info', help: 'What was scraped.', unit: '' }]);
  });

  it('has the traces of counters and buckets, and of sampled ones alone', async () => {
    const exemplars = [
      ...(await prometheus.exemplars('shop_orders_total')),
      ...(await prometheus.exemplars('shop_wait_seconds_bucket')),
    ];
    expect(
      exemplars.map(({ seriesLabels: { __name__: name, le, job }, labels, value }) => ({
        name,
        le,
        job,
        labels,
        value,
      })),
    ).toEqual([
      { name: 'shop_orders_total', job: 'open', labels: SAMPLED, value: '3' },
      { name: 'shop_wait_seconds_bucket', le: '1.0', job: 'open', labels: SAMPLED, value: '0.5' },
    ]);
    expect(Math.abs((exemplars[0]?.timestamp ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  });
});

describe('promtool', () => {
  it('finds nothing to say of the text', async () => {
    const written = [...writePrometheusText(await source.collect(), { resource })].join('');
    expect(await prometheus.checkMetrics(written)).toEqual({ output: '', status: 0 });
  });

  it('finds nothing to say of what the monitor and the tracker show', async () => {
    await using observability = createObservability({ tracing: false, performance: { intervalMillis: 100 } });
    observability.requests?.start({ operation: 'work' }).process().complete();
    let written = '';
    while (!/^system_cpu_utilization_ratio/m.test(written)) {
      await delay(100);
      written = [...writePrometheusText((await observability.performance?.collect()) ?? [], { resource })].join('');
    }
    expect(written).toContain('# TYPE tracewright_requests_duration_seconds histogram\n');
    expect(await prometheus.checkMetrics(written)).toEqual({ output: '', status: 0 });
  });

  it('is asked: it finds what is wrong with another', async () => {
    const { output, status } = await prometheus.checkMetrics('# HELP a b\n# TYPE a counter\na 1\n');
    expect({ output, status }).toEqual({ output: 'a counter metrics should have "_total" suffix\n', status: 3 });
  });
});
