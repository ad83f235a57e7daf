import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../../../runtime/src/dashboard/createDashboard.ts';
import type { Dashboard } from '../../../../../runtime/src/dashboard/dashboard.ts';
import { createObservability } from '../../../../../runtime/src/observability.ts';

describe('the name that a page is asked for by', () => {
  const observability = createObservability({ tracing: false, performance: false });
  let dashboard: Dashboard;
  let port: number;

  beforeAll(async () => {
    // Whom DNS leads here would be taken for somebody who sits at the machine.
    const authenticate = () => ({ role: 'operate' as const });
    const options = { port: 0, allowedHosts: ['shop.example'], auth: { authenticate }, announce: () => undefined };
    dashboard = createDashboard(observability, options);
    ({ port } = await dashboard.listen());
  });

  afterAll(async () => {
    await dashboard.stop();
    await observability.stop();
  });

  it.each(['localhost', '127.0.0.1:4319', '[::1]:4319', '10.1.2.3', 'shop.example', 'SHOP.example:80'])(
    'may be %s',
    async (host) => {
      expect(await statusFor({ host })).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:4319'])(
    'may not be %s',
    async (host) => {
      expect(await statusFor({ host })).toBe(421);
    },
  );

  it('has to be one', async () => {
    expect(await statusFor({ host: '[evil]' })).toBe(400);
  });

  it.each(['Basic x', 'Bearer x'])(
    'is not made right by a header such as "authorization: %s"',
    async (authorization) => {
      expect(await statusFor({ host: 'evil.example', authorization })).toBe(421);
    },
  );

  function statusFor(headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, headers, path: '/api/v1/accounting', agent: false };
      request(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
});
