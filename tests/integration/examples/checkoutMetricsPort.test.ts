import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { answersHttp, TestProcess } from '../support/testProcess.ts';

let tap: AgentTap;
let running: TestProcess | undefined;
let taken: Server | undefined;

beforeEach(async () => {
  tap = await AgentTap.open();
});
afterEach(async () => {
  await running?.stop();
  taken?.close();
  await tap.close();
  running = undefined;
  taken = undefined;
});

function startStorefront(environment: Readonly<Record<string, string>>): TestProcess {
  running = new TestProcess({
    command: process.execPath,
    args: tracedFromSource('examples/checkout/src/storefront/main.ts'),
    cwd: repository,
    environment: {
      HOST: '127.0.0.1',
      OTEL_SERVICE_NAME: 'storefront',
      TRACEWRIGHT_CRASH_RECORD_FILE: 'none',
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
      ORDERS_URL: 'http://127.0.0.1:1',
      ...environment,
    },
  });
  return running;
}

describe('METRICS_PORT of the shop', () => {
  it('ends the service at once where it is taken, and says which port and what to do', async () => {
    const server = createServer();
    taken = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const storefront = startStorefront({ PORT: '0', METRICS_PORT: String(port), METRICS_HOST: '' });
    expect(await storefront.end()).toEqual({ code: 1, signal: null });
    expect(storefront.output).toContain(
      `EnvironmentError: METRICS_PORT is "${port}"; it must be a port that is free on METRICS_HOST (127.0.0.1), ` +
        `or 0 for no metrics: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    );
    expect(storefront.output).not.toContain('"listening"');
  });

  it('is ignored where performance is not watched, which is said', async () => {
    const [port, metricsPort] = [await freeTcpPort(), await freeTcpPort()];
    const storefront = startStorefront({
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      PERFORMANCE_MONITORING: 'false',
    });
    await storefront.waitUntil(() => answersHttp(`http://127.0.0.1:${port}/readyz`));
    expect(storefront.output).toContain(
      '"msg":"METRICS_PORT is ignored: there are no metrics while PERFORMANCE_MONITORING is false"',
    );
    expect(await answersHttp(`http://127.0.0.1:${metricsPort}/metrics`)).toBe(false);
    storefront.kill('SIGTERM');
    expect(await storefront.end()).toEqual({ code: 0, signal: null });
  });

  it('is none where it is 0', async () => {
    const port = await freeTcpPort();
    const storefront = startStorefront({ PORT: String(port), METRICS_PORT: '0' });
    await storefront.waitUntil(() => answersHttp(`http://127.0.0.1:${port}/readyz`));
    expect(storefront.output).not.toContain('metrics are served');
  });

  it('shows the metrics until the service ends, without spans of the scrapes', async () => {
    const [port, metricsPort] = [await freeTcpPort(), await freeTcpPort()];
    const storefront = startStorefront({ PORT: String(port), METRICS_PORT: String(metricsPort) });
    await storefront.waitUntil(() => answersHttp(`http://127.0.0.1:${port}/readyz`));
    expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain('process_uptime_seconds');
    await fetch(`http://127.0.0.1:${port}/checkout`);
    expect(storefront.output).toContain(`"url":"http://127.0.0.1:${metricsPort}/metrics"`);
    storefront.kill('SIGTERM');
    expect(await storefront.end()).toEqual({ code: 0, signal: null });
    await tap.waitFor(1);
    expect(tap.spans.map(({ tags }) => tags['url.path'])).toEqual(['/checkout']);
  });
});
