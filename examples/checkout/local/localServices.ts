import { fileURLToPath } from 'node:url';

/** What the shop on one machine is made of. */
export interface LocalShopOptions {
  /** PostgreSQL, with user, password and name. */
  readonly database: URL;
  readonly redis: URL;
  /** The first of eight ports in a row. */
  readonly firstPort: number;
  /** What the services sign their tokens with, 32 characters or more. */
  readonly tokenKey: string;
}

/** A service, as it is to be started. */
export interface LocalService {
  readonly name: 'storefront' | 'orders';
  readonly port: number;
  readonly failuresPort: number;
  readonly metricsPort: number;
  readonly pagePort: number;
  /** For Node.js. */
  readonly args: readonly string[];
  /** Beside the one of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

const HOST = '127.0.0.1';

/** Both services of the shop, run from their sources on loopback addresses alone. */
export function localServices({ database, redis, firstPort, tokenKey }: LocalShopOptions): readonly LocalService[] {
  const shared = {
    HOST,
    SHOP_TOKEN_KEY: tokenKey,
    ORDERS_URL: `http://${HOST}:${firstPort + 1}`,
    ...databaseEnvironment(database),
    ...redisEnvironment(redis),
  };
  return (['storefront', 'orders'] as const).map((name, index) => {
    const port = firstPort + index;
    const [failuresPort, metricsPort, pagePort] = [port + 2, port + 4, port + 6] as const;
    const main = fileURLToPath(new URL(`../src/${name}/main.ts`, import.meta.url));
    return {
      name,
      port,
      failuresPort,
      metricsPort,
      pagePort,
      args: ['--conditions=tracewright-source', '--import', '@tracewright/runtime/register', main],
      environment: {
        ...shared,
        OTEL_SERVICE_NAME: name,
        PORT: String(port),
        FAILURES_PORT: String(failuresPort),
        METRICS_PORT: String(metricsPort),
        DASHBOARD_PORT: String(pagePort),
      },
    };
  });
}

function databaseEnvironment({ hostname, port, username, password, pathname }: URL): Record<string, string> {
  return {
    PGHOST: hostname,
    PGPORT: port === '' ? '5432' : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
}

function redisEnvironment({ hostname, port, password }: URL): Record<string, string> {
  return {
    REDIS_HOST: hostname,
    REDIS_PORT: port === '' ? '6379' : port,
    REDIS_PASSWORD: decodeURIComponent(password),
  };
}
