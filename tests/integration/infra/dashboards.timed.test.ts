import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { createObservability, type MetricsServer, type Observability, serveMetrics } from '@tracewright/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskPrometheus, type PanelQuestion, panelQuestions, withoutData } from '../../support/panelQueries.ts';
import { type MonitoredJaeger, startMonitoredJaeger } from '../support/monitoredJaeger.ts';
import { PrometheusServer } from '../support/prometheusServer.ts';
import { repository } from '../support/repository.ts';

/** Prometheus scrapes every second here. */
const RATE_INTERVAL = '10s';
const MOST_SECONDS = 90;

const everything = new AsyncDisposableStack();
const stopping = new AbortController();
/** Traces in which the application's requests ran. */
const made = new Set<string>();

let jaeger: MonitoredJaeger;
let prometheus: PrometheusServer;

const ask: AskPrometheus = async (expression) =>
  (await prometheus.query(expression)).map(({ metric, value }) => ({
    labels: metric,
    value: Number(value.replace('Inf', 'Infinity')),
  }));

beforeAll(async () => {
  jaeger = everything.use(await startMonitoredJaeger());
  const observability = everything.use(
    createObservability({
      tracing: { serviceName: 'shop', agent: { host: '127.0.0.1', port: jaeger.agentPort }, crashRecordFile: false },
      performance: { intervalMillis: 1000 },
      errors: { uncaught: false, loggers: false },
    }),
  );
  const metrics = everything.use(await metricsOf(observability));
  prometheus = everything.use(
    await PrometheusServer.start({
      ...jaeger.targets,
      shop: { url: metrics.url, labels: { namespace: 'shop', pod: 'shop-0', container: 'shop' } },
    }),
  );
  const using = use(observability);
  everything.defer(async () => {
    stopping.abort();
    await using;
  });
}, 600_000);
afterAll(() => everything.disposeAsync());

function metricsOf({ performance }: Observability): Promise<MetricsServer> {
  if (performance === undefined) throw new Error('there is no monitor');
  return serveMetrics(performance, { port: 0 });
}

/** What people do with the shop and with Jaeger, until the test ends. */
async function use(observability: Observability): Promise<void> {
  for (let index = 0; !stopping.signal.aborted; index += 1) {
    order(observability, index);
    await sendOverHttp(index);
    const traceId = [...made].at(-1) ?? '';
    for (const path of ['services', 'services/shop/operations', 'traces?service=shop', `traces/${traceId}`])
      await (await fetch(`${jaeger.queryUrl}/api/${path}`)).text();
    await delay(100);
  }
}

function order({ requests, errors }: Observability, index: number): void {
  trace.getTracer('shop').startActiveSpan('order', (span) => {
    made.add(span.spanContext().traceId);
    const request = requests?.start({ operation: 'POST /orders' });
    request?.process();
    if (index % 5 === 0) {
      const error = new RangeError('no such street');
      errors?.capture(error);
      request?.fail({ error });
    } else request?.complete();
    span.end();
  });
}

async function sendOverHttp(index: number): Promise<void> {
  const nanoseconds = `${Date.now()}000000`;
  const span = {
    traceId: (index + 1).toString(16).padStart(32, 'a'),
    spanId: (index + 1).toString(16).padStart(16, 'b'),
    name: 'pay',
    kind: 2,
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'till' } }] };
  const response = await fetch(`${jaeger.streamingUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  });
  if (!response.ok) throw new Error(`the collector answers ${response.status}: ${await response.text()}`);
}

function dashboard(name: string): Promise<string> {
  return readFile(join(repository, `infra/monitoring/dashboards/${name}.json`), 'utf8');
}

/** What there is at last, once every query has data or it took too long. */
async function settled(name: string): Promise<{ questions: readonly PanelQuestion[]; problems: readonly string[] }> {
  const text = await dashboard(name);
  for (const deadline = performance.now() + MOST_SECONDS * 1000; ; await delay(500)) {
    const late = performance.now() > deadline;
    try {
      const questions = await panelQuestions(text, ask, { rateInterval: RATE_INTERVAL });
      const problems = await withoutData(questions, ask);
      if (problems.length === 0 || late) return { questions, problems };
    } catch (error) {
      // Nothing was scraped yet.
      if (late) throw error;
    }
  }
}

describe('the dashboards, before a Prometheus that scrapes a real pipeline and a real application', () => {
  it.each(['pipeline', 'streaming', 'applications'])('get data for every query of every panel: %s', async (name) => {
    const { questions, problems } = await settled(name);
    expect(questions.length).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });

  it('lead from durations of requests to traces that are in Jaeger', async () => {
    const { questions } = await settled('applications');
    const withExemplars = questions.filter(({ exemplars }) => exemplars);
    expect(withExemplars.map(({ name }) => name)).toEqual([
      'Tracewright / Applications: Duration of requests, A',
      'Tracewright / Applications: Duration of requests, B',
      'Tracewright / Applications: Duration of requests, C',
      'Tracewright / Applications: Duration of requests, 95th percentile by operation, A',
    ]);
    for (const { expr } of withExemplars) {
      const traceIds = (await prometheus.exemplars(expr)).map(({ labels }) => labels['trace_id'] ?? '');
      expect(traceIds).not.toEqual([]);
      expect(traceIds.filter((traceId) => !made.has(traceId))).toEqual([]);
      expect(await operationsOf(traceIds[0] ?? '')).toEqual(['order']);
    }
  });
});

/** The operations of a trace's spans, as the query service knows them; Elasticsearch shows what it has stored a second later. */
async function operationsOf(traceId: string): Promise<readonly string[]> {
  for (const deadline = performance.now() + 20_000; ; await delay(200)) {
    const response = await fetch(`${jaeger.queryUrl}/api/traces/${traceId}`);
    if (!response.ok && performance.now() < deadline) continue;
    const { data } = (await response.json()) as {
      readonly data: readonly { readonly spans: readonly { readonly operationName: string }[] }[] | null;
    };
    return (data ?? []).flatMap(({ spans }) => spans.map(({ operationName }) => operationName));
  }
}
