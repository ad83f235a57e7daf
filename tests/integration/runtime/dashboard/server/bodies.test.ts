import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { createDashboard } from '../../../../../runtime/src/dashboard/createDashboard.ts';
import type { Dashboard } from '../../../../../runtime/src/dashboard/dashboard.ts';
import { createObservability } from '../../../../../runtime/src/observability.ts';

const TOKEN = 'a-token-of-20-letters';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('bodies of requests', () => {
  const errors: Error[] = [];
  const observability = createObservability({ tracing: false, performance: false });
  let dashboard: Dashboard;
  let port: number;

  beforeAll(async () => {
    dashboard = createDashboard(observability, {
      port: 0,
      auth: { operateToken: new Secret(TOKEN) },
      announce: () => undefined,
      onError: (error) => errors.push(error),
    });
    ({ port } = await dashboard.listen());
  });

  afterAll(async () => {
    await dashboard.stop();
    await observability.stop();
  });

  it('are not needed to log out', async () => {
    expect(await send('DELETE', {}, [])).toBe(204);
  });

  it('are read where they come without their length', async () => {
    expect(await send('POST', JSON_TYPE, [`{"token":`, `"${TOKEN}"}`])).toBe(200);
  });

  it.each([
    ['at once', { ...JSON_TYPE, 'content-length': 70_000 }, ['x'.repeat(70_000)]],
    ['in pieces', JSON_TYPE, ['x'.repeat(40_000), 'x'.repeat(40_000)]],
  ])('of more than 64 KiB are refused, sent %s', async (_how, headers, pieces) => {
    expect(await send('POST', headers, pieces)).toBe(413);
  });

  it('that are no JSON are refused', async () => {
    expect(await send('POST', JSON_TYPE, ['{"token":'])).toBe(400);
    expect(await send('POST', { 'content-type': 'text/plain' }, ['{}'])).toBe(415);
  });

  it('never are an error of the application', () => {
    expect(errors).toEqual([]);
  });

  function send(method: string, headers: Record<string, string | number>, pieces: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, headers, path: '/api/v1/session', agent: false };
      const asked = request(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      for (const piece of pieces) asked.write(piece);
      asked.end();
    });
  }
});
