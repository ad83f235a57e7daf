import { describe, expect, it } from 'vitest';
import { localServices } from '../../../../examples/checkout/local/localServices.ts';

const given = {
  database: new URL("postgres://shop:it's%20a%2Ftest@db.example/shop"),
  redis: new URL('redis://:pass%21@127.0.0.1:6380'),
  firstPort: 8080,
  tokenKey: 'k'.repeat(32),
};

describe('the services of the shop on one machine', () => {
  it('listen on eight ports in a row, on loopback alone', () => {
    const services = localServices(given);
    expect(
      services.map(({ name, port, failuresPort, metricsPort, pagePort }) => [
        name,
        port,
        failuresPort,
        metricsPort,
        pagePort,
      ]),
    ).toEqual([
      ['storefront', 8080, 8082, 8084, 8086],
      ['orders', 8081, 8083, 8085, 8087],
    ]);
    for (const { environment } of services) expect(environment['HOST']).toBe('127.0.0.1');
  });

  it('are told of databases, of each other and of one key', () => {
    const [storefront, orders] = localServices(given);
    expect(storefront?.environment).toMatchObject({
      ORDERS_URL: 'http://127.0.0.1:8081',
      SHOP_TOKEN_KEY: given.tokenKey,
    });
    expect(orders?.environment).toEqual({
      HOST: '127.0.0.1',
      PORT: '8081',
      FAILURES_PORT: '8083',
      METRICS_PORT: '8085',
      DASHBOARD_PORT: '8087',
      OTEL_SERVICE_NAME: 'orders',
      ORDERS_URL: 'http://127.0.0.1:8081',
      SHOP_TOKEN_KEY: given.tokenKey,
      PGHOST: 'db.example',
      PGPORT: '5432',
      PGUSER: 'shop',
      PGPASSWORD: "it's a/test",
      PGDATABASE: 'shop',
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: '6380',
      REDIS_PASSWORD: 'pass!',
    });
  });

  it('are run with tracing from the sources', () => {
    for (const { name, args } of localServices(given)) {
      expect(args.slice(0, 3)).toEqual([
        '--conditions=tracewright-source',
        '--import',
        '@tracewright/runtime/register',
      ]);
      expect(args[3]).toMatch(new RegExp(`/examples/checkout/src/${name}/main\\.ts$`));
    }
  });
});
