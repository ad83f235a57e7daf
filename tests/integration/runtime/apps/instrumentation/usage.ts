// Uses each library once. They come from whoever loaded them: this is for ES modules and CommonJS alike.
import type express from 'express';
import type fastify from 'fastify';
import type { Redis } from 'ioredis';
import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import type { createClient } from 'redis';

/** The libraries, as they were loaded. */
export interface Libraries {
  readonly http: Pick<typeof http, 'createServer' | 'get'>;
  readonly express: typeof express;
  readonly fastify: typeof fastify;
  readonly pg: Pick<typeof pg, 'Client' | 'Pool'>;
  readonly Redis: typeof Redis;
  readonly createClient: typeof createClient;
}

export async function useAll(libraries: Libraries): Promise<void> {
  await useDatabases(libraries);
  await useFrameworks(libraries);
}

async function useDatabases({ pg, Redis, createClient }: Libraries): Promise<void> {
  const pool = new pg.Pool({ max: 1 });
  await pool.query('SELECT 1');
  await pool.end();
  const port = Number(process.env['REDIS_PORT']);
  const redis = createClient({ url: `redis://127.0.0.1:${port}` });
  await redis.connect();
  await redis.get('key');
  await redis.close();
  const ioredis = new Redis({ host: '127.0.0.1', port });
  await ioredis.get('key');
  ioredis.disconnect();
}

async function useFrameworks({ http, express, fastify }: Libraries): Promise<void> {
  const routes = express();
  routes.get('/express/:id', (_request, response) => void response.end());
  const app = fastify();
  app.get('/fastify/:id', () => 'done');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const server = http.createServer(routes).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    http.get(`http://127.0.0.1:${port}/express/1`, (response) => response.resume().on('end', resolve));
  });
  await fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/fastify/1`).then((answer) =>
    answer.text(),
  );
  server.close();
  server.closeAllConnections();
  await app.close();
}
