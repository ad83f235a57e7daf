import { createServer } from 'node:net';
import { once } from 'node:events';
import { freeTcpPort } from '../support/freePort.ts';
import { repository } from '../support/repository.ts';
import { answersHttp, TestProcess } from '../support/testProcess.ts';

/** A group of errors, as a service's log tells of it when it appears. */
export interface AppearedGroup {
  readonly 'service.name': string;
  readonly group: string;
  readonly category: string;
  readonly error_type: string;
  readonly severity: string;
  readonly error: string;
  readonly culprit?: string;
  readonly trace_id?: string;
}

/** The shop as `npm run shop` runs it. */
export interface LocalShop {
  readonly process: TestProcess;
  readonly storefrontUrl: string;
  /** Where each service's failures are switched. */
  readonly controls: { readonly storefront: string; readonly orders: string };
  /** Every group of errors that appeared so far, the oldest first. */
  appeared(): readonly AppearedGroup[];
}

const PORTS = 8;

/** Starts it from its sources, and waits until it takes orders. */
export async function startLocalShop(
  databases: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<LocalShop> {
  const { PGHOST = '', PGPORT = '', PGUSER = '', PGPASSWORD = '', PGDATABASE = '', REDIS_HOST = '' } = databases;
  const first = await freePortRange(PORTS);
  const shop = new TestProcess({
    command: process.execPath,
    args: ['examples/checkout/local/main.ts', '--port', String(first)],
    cwd: repository,
    environment: {
      DATABASE_URL: `postgres://${PGUSER}:${encodeURIComponent(PGPASSWORD)}@${PGHOST}:${PGPORT}/${PGDATABASE}`,
      REDIS_URL: `redis://${REDIS_HOST}:${databases['REDIS_PORT'] ?? ''}`,
      TRACEWRIGHT_CRASH_RECORD_FILE: 'none',
      ...environment,
    },
  });
  const url = (offset: number): string => `http://127.0.0.1:${first + offset}`;
  try {
    for (const service of [0, 1]) await shop.waitUntil(() => answersHttp(`${url(service)}/readyz`));
  } catch (error) {
    await shop.stop();
    throw error;
  }
  const controls = { storefront: `${url(2)}/failures`, orders: `${url(3)}/failures` };
  return { process: shop, storefrontUrl: url(0), controls, appeared: () => groupsIn(shop.output) };
}

function groupsIn(output: string): readonly AppearedGroup[] {
  return output
    .split('\n')
    .filter((line) => line.includes('"msg":"a new kind of error"'))
    .map((line) => JSON.parse(line) as AppearedGroup);
}

/** The first of that many TCP ports of the loopback interface, in a row, that nobody listens on at this moment. */
async function freePortRange(count: number): Promise<number> {
  for (;;) {
    const first = await freeTcpPort();
    const others = Array.from({ length: count - 1 }, (_, index) => isFree(first + 1 + index));
    if ((await Promise.all(others)).every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
