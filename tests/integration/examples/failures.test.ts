// @spec S6.2
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureName } from '../../../examples/checkout/src/failures/failureName.ts';
import type { LoadResult } from '../../../examples/checkout/load/runLoad.ts';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';
import { type AppearedGroup, type LocalShop, startLocalShop } from './localShop.ts';

const run = promisify(execFile);
const ORDERS_TIMEOUT_MILLIS = 1500;

let databases: DatabaseServers;
let shop: LocalShop;

beforeAll(async () => {
  databases = await startDatabaseServers();
  shop = await startLocalShop(databases.environment, { ORDERS_TIMEOUT_MILLIS: String(ORDERS_TIMEOUT_MILLIS) });
});

afterAll(async () => {
  await shop.process.stop();
  await databases.stop();
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly traceId: string;
  readonly millis: number;
}

async function order(wanted: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(`${shop.storefrontUrl}/checkout`, {
    method: 'POST',
    body: JSON.stringify({ customer: 'ada', sku: 'TEA-1', quantity: 2, ...wanted }),
  });
  return {
    status: response.status,
    body: await response.json(),
    traceId: response.headers.get('x-trace-id') ?? '',
    millis: performance.now() - started,
  };
}

async function switchFailure(control: string, name: FailureName, ratio: number): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(control, { method: 'POST', headers, body: JSON.stringify({ name, ratio }) })).json();
}

/** What the storefront says of a request that `orders` failed: that it did. */
const isEcho = ({ 'service.name': service, error_type }: AppearedGroup): boolean =>
  service === 'storefront' && error_type === 'RequestFailedError';

const appeared = (): readonly AppearedGroup[] => shop.appeared().filter((group) => !isEcho(group));

describe('a failure of the shop', () => {
  it.each([
    {
      name: 'database-down',
      control: 'orders',
      answer: { status: 500, body: { error: 'internal error' } },
      group: {
        'service.name': 'orders',
        category: 'database',
        severity: 'high',
        error_type: 'Error',
        error: 'connect ECONNREFUSED 127.0.0.1:6432',
      },
    },
    {
      name: 'timeout',
      control: 'orders',
      answer: { status: 504, body: { error: 'the orders service does not answer in time' } },
      group: {
        'service.name': 'storefront',
        category: 'network',
        severity: 'high',
        error_type: 'TimeoutError',
        error: 'The operation was aborted due to timeout',
      },
    },
    {
      name: 'bad-token',
      control: 'storefront',
      answer: { status: 401, body: { error: "the token's signature is not the shop's" } },
      group: {
        'service.name': 'orders',
        category: 'authentication',
        severity: 'medium',
        error_type: 'RefusedError',
        error: "the token's signature is not the shop's",
      },
    },
    {
      name: 'bad-input',
      control: 'storefront',
      answer: { status: 400, body: { error: 'quantity must be a whole number from 1 to 100' } },
      group: {
        'service.name': 'orders',
        category: 'validation',
        severity: 'low',
        error_type: 'RefusedError',
        error: 'quantity must be a whole number from 1 to 100',
      },
    },
    {
      name: 'html-answer',
      control: 'orders',
      answer: { status: 502, body: { error: 'the orders service does not answer' } },
      group: {
        'service.name': 'storefront',
        category: 'external_service',
        severity: 'high',
        error_type: 'RefusedError',
        error: 'the orders service does not answer',
      },
    },
    {
      name: 'bug',
      control: 'orders',
      answer: { status: 500, body: { error: 'internal error' } },
      group: {
        'service.name': 'orders',
        category: 'system',
        severity: 'high',
        error_type: 'TypeError',
        error: "Cannot read properties of undefined (reading 'street')",
        culprit: expect.stringMatching(/^src\/failures\/bug\.ts:\d+ deliveryStreet$/) as unknown,
      },
    },
  ] as const)('$name: is one group of its category with the trace, and none any more when it is off', async (given) => {
    const control = shop.controls[given.control];
    expect(await order()).toMatchObject({ status: 201 });
    const before = appeared().length;

    expect(await switchFailure(control, given.name, 1)).toMatchObject({ [given.name]: 1 });
    const failed = await order();
    expect(failed).toMatchObject(given.answer);
    expect(await order()).toMatchObject(given.answer);
    await expect
      .poll(() => appeared().slice(before))
      .toEqual([expect.objectContaining({ ...given.group, trace_id: failed.traceId })]);

    expect(await switchFailure(control, given.name, 0)).toMatchObject({ [given.name]: 0 });
    expect(await order()).toMatchObject({ status: 201 });
    expect(appeared()).toHaveLength(before + 1);
  });

  it('an order that is worth too much breaks a rule of the shop', async () => {
    const before = shop.appeared().length;
    const refused = await order({ sku: 'KETTLE-1', quantity: 100 });
    const error = 'an order of more than 3000 is taken by our sales department alone';
    expect(refused).toMatchObject({ status: 409, body: { error } });
    const group = { 'service.name': 'orders', category: 'business_logic', severity: 'medium', error };
    await expect
      .poll(() => shop.appeared().slice(before))
      .toEqual([expect.objectContaining({ ...group, trace_id: refused.traceId })]);
  });

  it('slow-dependency: the order is taken, three quarters of a second later, without any error', async () => {
    await order();
    const before = shop.appeared().length;
    await switchFailure(shop.controls.orders, 'slow-dependency', 1);
    const slow = await order();
    await switchFailure(shop.controls.orders, 'slow-dependency', 0);
    const quick = await order();
    expect([slow.status, quick.status]).toEqual([201, 201]);
    expect(slow.millis).toBeGreaterThanOrEqual(750);
    expect(quick.millis).toBeLessThan(750);
    expect(shop.appeared()).toHaveLength(before);
  });

  it('is told by the storefront once, as what its own requests fail with', () => {
    expect(shop.appeared().filter(isEcho)).toEqual([
      expect.objectContaining({
        error: 'POST /checkout failed: 500',
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      }),
    ]);
  });
});

describe('the load', () => {
  const load = (...args: readonly string[]): Promise<{ stdout: string }> =>
    run(
      process.execPath,
      ['examples/checkout/load/main.ts', '--url', shop.storefrontUrl, '--rate', '40', '--duration', '2', ...args],
      { cwd: repository },
    );
  const controls = (): readonly string[] =>
    Object.values(shop.controls).flatMap((url) => ['--control', new URL(url).origin]);

  it('lets parts of the shop fail, counts the answers by operation, and leaves the shop whole', async () => {
    const { stdout } = await load('--failures', 'bug:0.4,bad-token:0.2', ...controls(), '--json');
    const { sent, unanswered, outcomes } = JSON.parse(stdout) as LoadResult;
    expect(unanswered).toBe(0);
    const of = (operation: string): readonly number[] =>
      outcomes.filter((outcome) => outcome.operation === operation).map(({ status }) => status);
    expect(of('checkout')).toEqual([201, 401, 500]);
    expect(of('find order')).toEqual([200, 401]);
    const answered = outcomes.reduce((sum, { count }) => sum + count, 0);
    expect(answered).toBeGreaterThan(40);
    expect(answered).toBe(sent);
    for (const url of Object.values(shop.controls)) {
      const ratios = (await (await fetch(url)).json()) as Readonly<Record<string, number>>;
      expect(Object.values(ratios).every((ratio) => ratio === 0)).toBe(true);
    }
    expect(await order()).toMatchObject({ status: 201 });
  });

  it('leaves the shop whole where it is interrupted, and says how far it came', async () => {
    const args = ['--url', shop.storefrontUrl, '--duration', '60', '--failures', 'bug', ...controls()];
    const interrupted = new TestProcess({
      command: process.execPath,
      args: ['examples/checkout/load/main.ts', ...args],
      cwd: repository,
    });
    await interrupted.waitUntil(async () => (await order()).status === 500);
    interrupted.kill('SIGINT');
    expect(await interrupted.end()).toEqual({ code: 0, signal: null });
    expect(interrupted.output).toMatch(/^\d+ requests in /);
    expect(await order()).toMatchObject({ status: 201 });
  });

  it('says what it has done, a line for each kind of answer', async () => {
    const { stdout } = await load();
    expect(stdout).toMatch(
      /^\d+ requests in [\d.]+ s: \d+ answered well, 0 not\n {2}checkout {4}201 {2}\d+\n {2}find order {2}200 {2}\d+\nlatency in ms: median /,
    );
  });

  it.each([
    [['--failures', 'flood'], "there is no failure 'flood'; there are bad-input, bad-token, bug, database-down, "],
    [['--failures', 'bug:2'], 'a ratio is a number from 0 to 1, not 2'],
    [['--failures', 'bug', '--control', 'http://127.0.0.1:1'], 'http://127.0.0.1:1/failures does not answer'],
    [['--control', 'http://example.com'], 'load is not sent to other machines'],
  ])('refuses %j', async (args, message) => {
    await expect(load(...args)).rejects.toThrow(message);
  });
});

describe('the shop on one machine', () => {
  it('ends with exit code 1 where a service cannot start, and leaves none behind', async () => {
    const port = new URL(shop.storefrontUrl).port;
    const second = run(process.execPath, ['examples/checkout/local/main.ts', '--port', port], {
      cwd: repository,
      env: {
        DATABASE_URL: 'postgres://shop@127.0.0.1:1/shop',
        REDIS_URL: 'redis://127.0.0.1:1',
        TRACEWRIGHT_CRASH_RECORD_FILE: 'none',
      },
    });
    await expect(second).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('EADDRINUSE') as unknown });
  });

  it('shows no password of a database whose URL it cannot use', async () => {
    const refused = run(process.execPath, ['examples/checkout/local/main.ts'], {
      cwd: repository,
      env: { DATABASE_URL: 'mysql://shop:hunter2@127.0.0.1/shop' },
    });
    const stderr = 'error: --database or DATABASE_URL must be a URL that begins with postgres:// or postgresql://\n';
    await expect(refused).rejects.toMatchObject({ code: 1, stdout: '', stderr });
  });

  it('ends with exit code 0 on SIGTERM, both services in order', async () => {
    expect(await shop.process.stop()).toEqual({ code: 0, signal: null });
    expect(shop.process.output.match(/"msg":"stopped"/g)).toHaveLength(2);
  });
});
