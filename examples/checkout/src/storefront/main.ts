import { tracing } from '@tracewright/runtime/register';
import { randomBytes } from 'node:crypto';
import { badToken } from '../failures/badToken.ts';
import { readFailures } from '../failures/readFailures.ts';
import { serveFailures } from '../failures/serveFailures.ts';
import { readMillis, readPort, requireText } from '../service/environment.ts';
import { Health } from '../service/health.ts';
import { startHttpService } from '../service/httpService.ts';
import { createLog } from '../service/log.ts';
import { observe } from '../service/observe.ts';
import { runService } from '../service/runService.ts';
import { servePage } from '../service/servePage.ts';
import { readServiceTokens, ServiceTokens } from '../service/serviceTokens.ts';
import { OrdersClient } from './ordersClient.ts';
import { storefrontRoutes } from './storefrontRoutes.ts';

const environment = process.env;
const log = createLog('storefront', (line) => process.stdout.write(line));
const observability = await observe(environment, tracing, log);
const stopPage = await servePage(environment, observability, log);
const tokens = readServiceTokens(environment);
// Without a key there are no tokens, and none that could be bad.
const failures = readFailures(environment, tokens === undefined ? ['bad-input'] : ['bad-input', 'bad-token']);
const orders = new OrdersClient({
  url: requireText(environment, 'ORDERS_URL'),
  timeoutMillis: readMillis(environment, 'ORDERS_TIMEOUT_MILLIS', 10_000),
  tokens: tokens && badToken(tokens, new ServiceTokens(randomBytes(32).toString('hex')), failures),
});
// Not ready because orders is not would take the whole shop off the network; an answer of 502 says more.
const health = new Health({});
const http = await startHttpService({
  port: readPort(environment, 'PORT', 8080),
  host: environment['HOST'] ?? '0.0.0.0',
  routes: storefrontRoutes({ orders, failures, requests: observability.requests }),
  health,
  log,
  observability,
});
const stopFailures = await serveFailures(failures, environment, log);

await runService({
  log,
  health,
  http,
  prepare: () => Promise.resolve(),
  release: () => Promise.resolve(stopFailures()),
});
await stopPage();
await observability.stop();
