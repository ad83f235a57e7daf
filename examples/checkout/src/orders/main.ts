import { withoutTracing } from '@tracewright/runtime';
import { tracing } from '@tracewright/runtime/register';
import { Redis } from 'ioredis';
import pg from 'pg';
import { bug } from '../failures/bug.ts';
import { CLOSED_PORT, databaseDown } from '../failures/databaseDown.ts';
import { htmlAnswer } from '../failures/htmlAnswer.ts';
import { readFailures } from '../failures/readFailures.ts';
import { serveFailures } from '../failures/serveFailures.ts';
import { slowDependency } from '../failures/slowDependency.ts';
import { timeout } from '../failures/timeout.ts';
import { readPort, requireText } from '../service/environment.ts';
import { Health } from '../service/health.ts';
import { startHttpService } from '../service/httpService.ts';
import { createLog, errorFields } from '../service/log.ts';
import { observe } from '../service/observe.ts';
import { retry } from '../service/retry.ts';
import { runService } from '../service/runService.ts';
import { servePage } from '../service/servePage.ts';
import { behindTokens, readServiceTokens } from '../service/serviceTokens.ts';
import { OrderCache } from './orderCache.ts';
import { orderRoutes } from './orderRoutes.ts';
import { OrderStore } from './orderStore.ts';

const PREPARE_MILLIS = 60_000;
const WARM_CONNECTIONS = 4;

const environment = process.env;
const log = createLog('orders', (line) => process.stdout.write(line));
const observability = await observe(environment, tracing, log);
const stopPage = await servePage(environment, observability, log);
const failures = readFailures(environment, ['database-down', 'slow-dependency', 'timeout', 'bug', 'html-answer']);

const connection = {
  host: requireText(environment, 'PGHOST'),
  port: readPort(environment, 'PGPORT', 5432),
  user: requireText(environment, 'PGUSER'),
  password: requireText(environment, 'PGPASSWORD'),
  database: requireText(environment, 'PGDATABASE'),
  max: 10,
  // Connections stay open, so that a request's trace does not depend on how long ago the last one was.
  idleTimeoutMillis: 0,
  connectionTimeoutMillis: 5000,
  query_timeout: 10_000,
};
const pool = new pg.Pool(connection);
// Used by a failure alone: it never gets a connection.
const closedPool = new pg.Pool({ ...connection, ...CLOSED_PORT });
pool.on('error', (error) => log('warn', 'a database connection was lost', errorFields(error)));

// Connecting retries for ever; it must not happen inside a request's trace.
const redis = withoutTracing(
  () =>
    new Redis({
      host: requireText(environment, 'REDIS_HOST'),
      port: readPort(environment, 'REDIS_PORT', 6379),
      ...(environment['REDIS_PASSWORD'] && { password: environment['REDIS_PASSWORD'] }),
      maxRetriesPerRequest: 1,
      commandTimeout: 5000,
    }),
);
redis.on('error', (error) => log('warn', 'the connection to Redis failed', errorFields(error)));

const store = new OrderStore(pool);
const cache = new OrderCache(redis);
const tokens = readServiceTokens(environment);
const book = bug(slowDependency(databaseDown(store, new OrderStore(closedPool), failures), pool, failures), failures);
const routes = orderRoutes({ store: book, cache, log, requests: observability.requests });
const health = new Health({ postgres: () => store.check(), redis: () => cache.check() });
const http = await startHttpService({
  port: readPort(environment, 'PORT', 8080),
  host: environment['HOST'] ?? '0.0.0.0',
  routes: htmlAnswer(timeout(behindTokens(routes, tokens), failures), failures),
  health,
  log,
  observability,
});
const stopFailures = await serveFailures(failures, environment, log);

await runService({
  log,
  health,
  http,
  prepare: () =>
    withoutTracing(() =>
      retry(
        async () => {
          await store.createSchema();
          await store.warmUp(WARM_CONNECTIONS);
          await cache.check();
        },
        { forMillis: PREPARE_MILLIS, onFailure: (error) => log('warn', 'not prepared yet', errorFields(error)) },
      ),
    ),
  release: async () => {
    stopFailures();
    await Promise.allSettled([pool.end(), closedPool.end(), redis.quit()]);
  },
});
await stopPage();
await observability.stop();
