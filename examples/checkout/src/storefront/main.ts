import { tracing } from '@tracewright/runtime/register';
import { readPort, requireText } from '../service/environment.ts';
import { Health } from '../service/health.ts';
import { startHttpService } from '../service/httpService.ts';
import { createLog } from '../service/log.ts';
import { observe } from '../service/observe.ts';
import { runService } from '../service/runService.ts';
import { storefrontRoutes } from './storefrontRoutes.ts';

const environment = process.env;
const log = createLog('storefront', (line) => process.stdout.write(line));
const observability = await observe(environment, tracing);
const { requests } = observability;
// Not ready because orders is not would take the whole shop off the network; an answer of 502 says more.
const health = new Health({});
const http = await startHttpService({
  port: readPort(environment, 'PORT', 8080),
  host: environment['HOST'] ?? '0.0.0.0',
  routes: storefrontRoutes(requireText(environment, 'ORDERS_URL')),
  health,
  log,
  requests,
});

await runService({ log, health, http, prepare: () => Promise.resolve(), release: () => Promise.resolve() });
await observability.stop();
