// Looks at the page where it listens by itself, where it is mounted, and at the application's own server beside it.
import express from 'express';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { createDashboard } from '../../../../../runtime/src/dashboard/createDashboard.ts';
import { createObservability } from '../../../../../runtime/src/observability.ts';
import { expressRequests } from '../../../../../runtime/src/requests/http/expressRequests.ts';
import { scenario } from './scenario.ts';

const TOKEN = 'a-token-of-20-letters';
const headers = { authorization: `Bearer ${TOKEN}` };
const observability = createObservability({ tracing: false, performance: false });
const dashboard = createDashboard(observability, {
  port: 0,
  auth: { operateToken: new Secret(TOKEN) },
  announce: () => undefined,
});

async function listening(handle: RequestListener): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const app = express();
app.use('/tracewright', dashboard.handler);
if (observability.requests) app.use(expressRequests(observability.requests));
app.use((_request, response) => {
  response.end('ok');
});
const application = await listening(app);

await scenario('page', async () => {
  const { url } = await dashboard.listen();
  for (const path of ['', 'api/v1/accounting', 'nothing']) await (await fetch(`${url}${path}`, { headers })).text();
});
await scenario('mounted', async () => {
  for (const path of ['', '/', '/api/v1/accounting?x=1']) {
    await (await fetch(`${application.origin}/tracewright${path}`, { headers, redirect: 'manual' })).text();
  }
});
await scenario('application', async () => {
  await (await fetch(`${application.origin}/shop`)).text();
});
process.stdout.write(`tracked ${observability.requests?.counts().started}\n`);
application.server.close();
application.server.closeAllConnections();
await dashboard.stop();
await observability.stop();
