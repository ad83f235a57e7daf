// Loads the libraries with `import`.
import { trace } from '@opentelemetry/api';
import express from 'express';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { createServer, get } from 'node:http';
import { Client, Pool } from 'pg';
import { createClient } from 'redis';
import { useAll } from './usage.ts';

await trace.getTracer('app').startActiveSpan('usage', async (span) => {
  await useAll({ http: { createServer, get }, express, fastify: Fastify, pg: { Client, Pool }, Redis, createClient });
  span.end();
});
