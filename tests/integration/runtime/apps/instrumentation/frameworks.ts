// The same application with Express or Fastify, whichever FRAMEWORK says. It calls itself, and its databases fail.
import { SpanStatusCode, trace } from '@opentelemetry/api';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createClient } from 'redis';

const postgres = new pg.Client();
const nodeRedis = createClient({ url: `redis://127.0.0.1:${process.env['REDIS_PORT'] ?? ''}` });
const ioredis = new Redis({ host: '127.0.0.1', port: Number(process.env['REDIS_PORT']) });

/** What an order of that number does. Most fail with the words of somebody else, which quote a secret. */
async function order(id: string): Promise<object> {
  switch (id) {
    case 'postgres':
      return postgres.query("SELECT 'canary'::int");
    case 'redis':
      await nodeRedis.sendCommand(['BOGUS', 'canary']);
      return {};
    case 'ioredis':
      await ioredis.eval("return redis.error_reply('ERR the canary sings')", 0);
      return {};
    case 'url':
      return fetch('http://canary:canary@127.0.0.1/?token=canary');
    case 'noted':
      await postgres.query("SELECT 'canary'::int").catch((error: unknown) => note(error));
      return {};
    case 'own':
      throw new Error('out of stock');
    default:
      return { id };
  }
}

/** As applications do it by hand. */
function note(error: unknown): void {
  trace.getTracer('app').startActiveSpan('noted by hand', (span) => {
    if (error instanceof Error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    }
    span.end();
  });
}

function startExpress(): Server {
  const app = express();
  const orders = Router();
  app.use(express.json());
  app.use((_request: Request, _response: Response, next: NextFunction) => next());
  orders.get('/:id', async (request, response) => {
    response.json(await order(request.params.id));
  });
  app.use('/orders', orders);
  app.get('/healthz', (_request, response) => void response.end());
  // Express knows a handler of errors by its four parameters.
  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else response.status(500).end();
  });
  return createServer(app);
}

async function startFastify(): Promise<Server> {
  const app = Fastify();
  app.addHook('onRequest', (_request, _reply, done) => done());
  await app.register(
    (orders, _options, done) => {
      orders.get<{ Params: { id: string } }>('/:id', ({ params }) => order(params.id));
      done();
    },
    { prefix: '/orders' },
  );
  app.get('/healthz', (_request, reply) => reply.send());
  await app.ready();
  return app.server;
}

await Promise.all([postgres.connect(), nodeRedis.connect(), new Promise((resolve) => ioredis.once('ready', resolve))]);
const server = process.env['FRAMEWORK'] === 'express' ? startExpress() : await startFastify();
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const { port } = server.address() as AddressInfo;
for (const path of (process.env['PATHS'] ?? '').split(' ')) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  process.stdout.write(`${response.status} `);
  await response.text();
}
server.close();
server.closeAllConnections();
ioredis.disconnect();
await Promise.all([postgres.end(), nodeRedis.close()]);
