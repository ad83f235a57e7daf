// @spec S2.2 S7.1
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countSpans, expectedCheckoutTrace } from '../../../examples/checkout/expectedTrace.ts';
import type { LoadResult } from '../../../examples/checkout/load/runLoad.ts';
import { formedLine, formedMessages } from '../../support/formedLine.ts';
import { AgentTap } from '../support/agentTap.ts';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import { type JaegerPipeline, startJaegerPipeline } from '../support/jaegerPipeline.ts';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { repository } from '../support/repository.ts';
import { spanTree } from '../support/spanTree.ts';
import { type CheckoutServices, startCheckoutServices } from './support/checkoutServices.ts';

const run = promisify(execFile);

let databases: DatabaseServers;
let jaeger: JaegerPipeline;
let tap: AgentTap;
let services: CheckoutServices;

beforeAll(async () => {
  [databases, jaeger] = await Promise.all([startDatabaseServers(), startJaegerPipeline()]);
  tap = await AgentTap.open(jaeger.agentPort);
  services = await startCheckoutServices({
    ...databases.environment,
    TRACEWRIGHT_EXPORTER: 'jaeger-agent',
    TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
    TRACEWRIGHT_AGENT_PORT: String(tap.port),
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=0.1.0,k8s.pod.name=a%20pod',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  });
});

afterAll(async () => {
  await services.stop();
  await tap.close();
  await jaeger.stop();
  await databases.stop();
});

async function order(sku: string): Promise<{ status: number; traceId: string; body: unknown }> {
  const response = await fetch(`${services.storefrontUrl}/checkout`, {
    method: 'POST',
    body: JSON.stringify({ customer: 'ada', sku, quantity: 2 }),
  });
  return { status: response.status, traceId: response.headers.get('x-trace-id') ?? '', body: await response.json() };
}

function connectionOf({ environment }: DatabaseServers): ClientConfig {
  const { PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD } = environment;
  return { host: PGHOST, port: Number(PGPORT), database: PGDATABASE, user: PGUSER, password: PGPASSWORD };
}

function spansOf(traceId: string, count: number): Promise<readonly ReceivedSpan[]> {
  return tap.waitFor(count, (span) => span.traceId === traceId);
}

describe('the checkout example', () => {
  it('makes exactly the expected trace of one checkout, which the real collector stores whole', async () => {
    const before = { storefront: await jaeger.storedSpans('storefront'), orders: await jaeger.storedSpans('orders') };
    const { status, traceId } = await order('TEA-1');
    expect(status).toBe(201);
    expect(spanTree(await spansOf(traceId, countSpans(expectedCheckoutTrace)))).toEqual(expectedCheckoutTrace);
    expect(await jaeger.waitForStoredSpans('storefront', before.storefront + 2)).toBe(before.storefront + 2);
    expect(await jaeger.waitForStoredSpans('orders', before.orders + 8)).toBe(before.orders + 8);
  });

  it('shows statements without their parameters, and the resource with every span', async () => {
    const { traceId } = await order('MUG-1');
    const spans = await spansOf(traceId, countSpans(expectedCheckoutTrace));
    const texts = spans.map(({ tags }) => tags['db.query.text']).filter((text) => text !== undefined);
    expect(texts).toEqual([
      'BEGIN',
      'SELECT price_cents FROM products WHERE sku = $1',
      expect.stringMatching(/^INSERT INTO orders .* VALUES \(\$1, \$2, \$3, \$4\)/),
      'COMMIT',
      'set [4 arguments]',
      'incr [1 argument]',
    ]);
    // IDs are hexadecimal digits, as the customer's name is.
    const said = JSON.stringify(spans, (key, value: unknown) =>
      /^(trace|span|parentSpan)Id$|^service\.instance\.id$/.test(key) ? undefined : value,
    );
    expect(said).not.toContain('ada');
    for (const { processTags } of spans)
      expect(processTags).toMatchObject({ 'service.version': '0.1.0', 'k8s.pod.name': 'a pod' });
  });

  it('makes no spans for health checks, nor for what they ask of the databases', async () => {
    await spansOf((await order('TEA-1')).traceId, countSpans(expectedCheckoutTrace));
    const before = tap.spans.length;
    for (const path of ['livez', 'readyz', 'startupz']) {
      expect((await fetch(`${services.ordersUrl}/${path}`)).status).toBe(200);
      expect((await fetch(`${services.storefrontUrl}/${path}?verbose`)).status).toBe(200);
    }
    await spansOf((await order('TEA-1')).traceId, countSpans(expectedCheckoutTrace));
    expect(tap.spans.length - before).toBe(countSpans(expectedCheckoutTrace));
  });

  it('has the page in its image, at the address that it prints, and makes no spans of what is done there', async () => {
    const { pageUrl, storefront } = services;
    const [, token = ''] = new RegExp(`the page is at ${pageUrl}#token=(\\S+)`).exec(storefront.output) ?? [];
    await spansOf((await order('TEA-1')).traceId, countSpans(expectedCheckoutTrace));
    const before = tap.spans.length;
    const html = await (await fetch(pageUrl)).text();
    const [, script = ''] = /src="(assets\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await fetch(new URL(script, pageUrl))).status).toBe(200);
    const answer = await fetch(`${pageUrl}api/v1/overview`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ instances: [{ instance: { service: 'storefront' } }] });
    await spansOf((await order('TEA-1')).traceId, countSpans(expectedCheckoutTrace));
    expect(tap.spans.length - before).toBe(countSpans(expectedCheckoutTrace));
  });

  it('rolls back and marks no error for a product that is not sold', async () => {
    const { status, traceId, body } = await order('NO-SUCH');
    expect({ status, body }).toEqual({ status: 422, body: { error: 'there is no product NO-SUCH' } });
    const names = (await spansOf(traceId, 7)).map(({ name }) => name);
    expect(names).toContain('pg.query:ROLLBACK shop');
    expect(names).not.toContain('pg.query:INSERT shop');
  });

  it('counts its requests by route and outcome, beside what its libraries and its process tell, without any customer', async () => {
    const text = async (): Promise<string> => (await fetch(services.ordersMetricsUrl)).text();
    const count = (shown: string, labels: string): number =>
      Number(
        shown
          .split('\n')
          .find((line) => line.startsWith('tracewright_requests_duration_seconds_count') && line.includes(labels))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    const labels = 'tracewright_request_operation="POST /orders",tracewright_request_state="completed"';
    const before = count(await text(), labels);
    await order('TEA-1');
    await order('TEA-1');
    const shown = await text();
    expect(count(shown, labels) - before).toBe(2);
    expect(shown).toMatch(/^http_server_request_duration_seconds_count\{.*http_route="\/orders".*\} \d+$/m);
    expect(shown).toMatch(/^db_client_operation_duration_seconds_count\{.*db_operation_name="INSERT".*\} \d+$/m);
    expect(shown).toMatch(/^nodejs_eventloop_utilization_ratio\{?.*\}? [\d.e-]+$/m);
    expect(shown).not.toMatch(/\bada\b/);
  });

  it('captures what PostgreSQL refuses as an error of a database, once, though the request fails with it', async () => {
    const database = new Client(connectionOf(databases));
    await database.connect();
    try {
      await database.query('ALTER TABLE products RENAME COLUMN price_cents TO price');
      expect(await order('TEA-1')).toMatchObject({ status: 500 });
    } finally {
      await database.query('ALTER TABLE products RENAME COLUMN price TO price_cents');
      await database.end();
    }
    const shown = (await (await fetch(services.ordersMetricsUrl)).text()).split('\n');
    const captured = shown.filter((line) => line.startsWith('tracewright_errors_captured_total'));
    // Orders that could not be taken, in the tests before, are errors of what was asked for.
    expect(captured.filter((line) => !line.includes('tracewright_error_category="validation"'))).toEqual([
      expect.stringMatching(/tracewright_error_category="database",tracewright_error_handled="false".*\} 1$/),
    ]);
  });

  it('reads an order back from Redis, without asking PostgreSQL', async () => {
    const { body } = await order('KETTLE-1');
    const { id } = body as { id: string };
    const response = await fetch(`${services.storefrontUrl}/orders/${id}`);
    expect(await response.json()).toEqual({ id, customer: 'ada', sku: 'KETTLE-1', quantity: 2, totalCents: 7800 });
    const spans = await spansOf(response.headers.get('x-trace-id') ?? '', 4);
    expect(spans.map(({ name }) => name).sort()).toEqual(['GET', 'GET /orders/:id', 'GET /orders/:id', 'get']);
  });

  it.each([
    ['{', 'the body is not JSON'],
    ['{"customer":"ada","sku":"TEA-1","quantity":0}', 'quantity must be a whole number from 1 to 100'],
    ['{"customer":"ada","sku":"tea; --","quantity":1}', 'sku must be 1 to 40 of A-Z, 0-9 and -'],
  ])('answers 400 to %s', async (body, error) => {
    const response = await fetch(`${services.storefrontUrl}/checkout`, { method: 'POST', body });
    expect({ status: response.status, body: await response.json() }).toEqual({ status: 400, body: { error } });
  });

  it('writes log lines in one form, those of a request with the trace and the span that Jaeger shows', async () => {
    const { traceId } = await order('TEA-1');
    const spans = await spansOf(traceId, countSpans(expectedCheckoutTrace));
    const server = spans.find(({ name }) => name === 'POST /orders');
    const lines = services.orders.output.split('\n').filter((line) => line.includes(traceId));
    const within = { traceId, spanId: server?.spanId };
    expect(lines.map(formedLine)).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'order taken',
        ...within,
        fields: expect.objectContaining({ 'service.name': 'orders' }) as unknown,
      }),
      expect.objectContaining({
        message: 'request answered',
        ...within,
        fields: expect.objectContaining({ path: '/orders', status: 201 }) as unknown,
      }),
    ]);
    expect(formedMessages(services.orders.output)).toContain('listening');
  });

  it('takes a steady load, and refuses to send it to other machines', async () => {
    const load = (url: string): Promise<{ stdout: string }> =>
      run(
        process.execPath,
        ['examples/checkout/load/main.ts', '--url', url, '--rate', '20', '--duration', '2', '--json'],
        {
          cwd: repository,
        },
      );
    const { stdout } = await load(services.storefrontUrl);
    const { succeeded, failed } = JSON.parse(stdout) as LoadResult;
    expect(failed).toBe(0);
    // How many of the 40 a busy machine comes to is no matter here.
    expect(succeeded).toBeGreaterThan(0);
    await expect(load('http://example.com')).rejects.toThrow('load is not sent to other machines');
  });

  it('ends with exit code 0 on SIGTERM, with every span sent', async () => {
    const { traceId } = await order('TEA-1');
    const ends = await Promise.all([services.storefront.stop(), services.orders.stop()]);
    expect(ends).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ]);
    expect(await spansOf(traceId, countSpans(expectedCheckoutTrace))).toHaveLength(countSpans(expectedCheckoutTrace));
  });
});
