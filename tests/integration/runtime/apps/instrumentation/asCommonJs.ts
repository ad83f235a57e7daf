// Loads the libraries with `require`.
import { trace } from '@opentelemetry/api';
import { createRequire } from 'node:module';
import { type Libraries, useAll } from './usage.ts';

const require = createRequire(import.meta.url);
const http = require('node:http') as Libraries['http'];
const express = require('express') as Libraries['express'];
const fastify = require('fastify') as Libraries['fastify'];
const pg = require('pg') as Libraries['pg'];
const { Redis } = require('ioredis') as Pick<Libraries, 'Redis'>;
const { createClient } = require('redis') as Pick<Libraries, 'createClient'>;

await trace.getTracer('app').startActiveSpan('usage', async (span) => {
  await useAll({ http, express, fastify, pg, Redis, createClient });
  span.end();
});
