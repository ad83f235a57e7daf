import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freeTcpPort } from '../support/freePort.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { answersHttp, TestProcess } from '../support/testProcess.ts';

const OPERATE = 'an-operate-token-of-the-tests';

let running: TestProcess | undefined;
let taken: Server | undefined;

afterEach(async () => {
  await running?.stop();
  taken?.close();
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
      TRACEWRIGHT_EXPORTER: 'none',
      ORDERS_URL: 'http://127.0.0.1:1',
      ...environment,
    },
  });
  return running;
}

describe('DASHBOARD_PORT of the shop', () => {
  it('ends the service at once where it is taken, and says which port and what to do', async () => {
    const server = createServer();
    taken = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const storefront = startStorefront({ PORT: '0', DASHBOARD_PORT: String(port) });
    expect(await storefront.end()).toEqual({ code: 1, signal: null });
    expect(storefront.output).toContain(
      `EnvironmentError: DASHBOARD_PORT is "${port}"; it must be a port that is free on DASHBOARD_HOST (127.0.0.1), ` +
        `or 0 for no page: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    );
    expect(storefront.output).not.toContain('"listening"');
  });

  it('ends it with a token that is too short, which is named and not shown', async () => {
    const environment = { DASHBOARD_OPERATE_TOKEN: 'short-token' };
    const storefront = startStorefront({ PORT: '0', DASHBOARD_PORT: String(await freeTcpPort()), ...environment });
    expect(await storefront.end()).toEqual({ code: 1, signal: null });
    expect(storefront.output).toContain('operateToken');
    expect(storefront.output).not.toContain('short-token');
  });

  it('shows the page until the service ends, and no token that it was given', async () => {
    const [port, pagePort] = [await freeTcpPort(), await freeTcpPort()];
    const storefront = startStorefront({
      PORT: String(port),
      DASHBOARD_PORT: String(pagePort),
      DASHBOARD_OPERATE_TOKEN: OPERATE,
    });
    await storefront.waitUntil(() => answersHttp(`http://127.0.0.1:${port}/readyz`));
    const api = `http://127.0.0.1:${pagePort}/api/v1/overview`;
    expect((await fetch(api)).status).toBe(401);
    expect((await fetch(api, { headers: { authorization: `Bearer ${OPERATE}` } })).status).toBe(200);
    storefront.kill('SIGTERM');
    expect(await storefront.end()).toEqual({ code: 0, signal: null });
    expect(storefront.output).toContain(`"msg":"Tracewright: the page is at http://127.0.0.1:${pagePort}/"`);
    expect(storefront.output).not.toContain(OPERATE);
  });
});
