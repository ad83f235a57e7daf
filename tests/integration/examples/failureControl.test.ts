import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { FailureSwitches } from '../../../examples/checkout/src/failures/failureSwitches.ts';
import { serveFailures } from '../../../examples/checkout/src/failures/serveFailures.ts';
import { freeTcpPort } from '../support/freePort.ts';

let stop: (() => void) | undefined;
let taken: Server | undefined;
afterEach(() => {
  stop?.();
  taken?.close();
  stop = undefined;
  taken = undefined;
});

async function start(): Promise<{ port: number; switches: FailureSwitches; logged: unknown[] }> {
  const port = await freeTcpPort();
  const switches = new FailureSwitches({ names: ['bug', 'timeout'] });
  const logged: unknown[] = [];
  stop = await serveFailures(switches, { FAILURES_PORT: String(port) }, (level, message, fields) => {
    logged.push([level, message, fields]);
  });
  return { port, switches, logged };
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const BUG = '{"name":"bug","ratio":0.1}';

/** Unlike `fetch`, it sends any `Host` that it is given. */
async function ask(port: number, asked: Asked): Promise<{ status: number | undefined; body: unknown }> {
  const { method = 'POST', path = '/failures', headers = JSON_HEADERS, body = BUG } = asked;
  const sent = request({ host: '127.0.0.1', port, method, path, headers });
  sent.end(method === 'GET' ? undefined : body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await json(response) };
}

describe('where failures are switched', () => {
  it('is nowhere unless FAILURES_PORT says so', async () => {
    const logged: string[] = [];
    const switches = new FailureSwitches({ names: ['bug'] });
    for (const environment of [{}, { FAILURES_PORT: '' }, { FAILURES_PORT: '0' }])
      (await serveFailures(switches, environment, (_level, message) => logged.push(message)))();
    expect(logged).toEqual([]);
  });

  it('shows every failure of the service, and switches one, which is logged', async () => {
    const { port, switches, logged } = await start();
    expect(await ask(port, { method: 'GET' })).toEqual({ status: 200, body: { bug: 0, timeout: 0 } });
    expect(await ask(port, {})).toEqual({ status: 200, body: { bug: 0.1, timeout: 0 } });
    expect(await ask(port, { body: '{"name":"timeout"}' })).toEqual({ status: 200, body: { bug: 0.1, timeout: 1 } });
    expect(switches.ratios()).toEqual({ bug: 0.1, timeout: 1 });
    expect(logged).toEqual([
      ['warn', 'failures can be switched on', { url: `http://127.0.0.1:${port}/failures` }],
      ['warn', 'a failure was switched', { failure: 'bug', ratio: 0.1 }],
      ['warn', 'a failure was switched', { failure: 'timeout', ratio: 1 }],
    ]);
  });

  it.each([
    [{ body: '{"name":"flood"}' }, 400, "there is no failure 'flood'; there are bug, timeout"],
    [{ body: '{"name":"bad-token"}' }, 400, "there is no failure 'bad-token'; there are bug, timeout"],
    [{ body: '{"name":["bug"]}' }, 400, "there is no failure [ 'bug' ]; there are bug, timeout"],
    [{ body: 'null' }, 400, 'there is no failure undefined; there are bug, timeout'],
    [{ body: '{"name":"bug","ratio":1.01}' }, 400, 'a ratio is a number from 0 to 1, not 1.01'],
    [{ body: '{"name":"bug","ratio":"1"}' }, 400, "a ratio is a number from 0 to 1, not '1'"],
    [{ body: '{"name":"bug","ratio":null}' }, 400, 'a ratio is a number from 0 to 1, not null'],
    [{ body: '{' }, 400, 'the body is not JSON'],
    [{ body: ' '.repeat(70_000) }, 413, 'the body is larger than 65536 bytes'],
    [{ headers: { 'content-type': 'text/plain' } }, 415, 'the content type must be application/json'],
    [{ headers: {} }, 415, 'the content type must be application/json'],
    [{ headers: { ...JSON_HEADERS, host: 'evil.example' } }, 403, 'failures are switched from this machine alone'],
    [{ method: 'PUT' }, 405, 'GET shows failures, POST switches one'],
    [{ path: '/failures/bug' }, 404, 'failures are at /failures'],
  ])('refuses %j with %i', async (asked, status, error) => {
    const { port, switches } = await start();
    expect(await ask(port, asked)).toEqual({ status, body: { error } });
    expect(switches.ratios()).toEqual({ bug: 0, timeout: 0 });
  });

  it('must be a port that is free', async () => {
    const server = createServer();
    taken = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const FAILURES_PORT = String((server.address() as AddressInfo).port);
    const switches = new FailureSwitches({ names: ['bug'] });
    await expect(serveFailures(switches, { FAILURES_PORT }, () => undefined)).rejects.toThrow(
      `FAILURES_PORT is "${FAILURES_PORT}"; it must be a port that is free on 127.0.0.1`,
    );
  });
});
