// The same application with Express or Fastify, whichever FRAMEWORK says, which then calls itself.
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import Fastify from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

function startExpress(): Server {
  const app = express();
  const orders = Router();
  app.use(express.json());
  app.use((_request: Request, _response: Response, next: NextFunction) => next());
  orders.get('/:id', (request, response) => {
    if (request.params.id === 'broken') throw new Error('cannot read http://canary:canary@127.0.0.1/?token=canary');
    response.json({ id: request.params.id });
  });
  orders.get('/later/:id', async () => {
    await Promise.reject(new Error('later'));
  });
  app.use('/orders', orders);
  app.get('/healthz', (_request, response) => void response.end());
  // Express knows a handler of errors by its four parameters.
  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else response.status(500).end();
  });
  return createServer(app).listen(0, '127.0.0.1');
}

async function startFastify(): Promise<Server> {
  const app = Fastify();
  app.addHook('onRequest', (_request, _reply, done) => done());
  await app.register(
    (orders, _options, done) => {
      orders.get<{ Params: { id: string } }>('/:id', ({ params }) => {
        if (params.id === 'broken') throw new Error('cannot read http://canary:canary@127.0.0.1/?token=canary');
        return { id: params.id };
      });
      orders.get('/later/:id', () => Promise.reject(new Error('later')));
      done();
    },
    { prefix: '/orders' },
  );
  app.get('/healthz', (_request, reply) => reply.send());
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
}

const server = process.env['FRAMEWORK'] === 'express' ? startExpress() : await startFastify();
if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;
for (const path of [
  '/orders/17?token=canary',
  '/orders/broken',
  '/orders/later/3',
  '/nowhere?token=canary',
  '/healthz',
]) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  process.stdout.write(`${response.status} `);
  await response.text();
}
server.close();
server.closeAllConnections();
