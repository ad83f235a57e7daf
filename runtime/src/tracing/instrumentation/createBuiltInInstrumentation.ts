import { context, type Span } from '@opentelemetry/api';
import { getRPCMetadata, isTracingSuppressed } from '@opentelemetry/core';
import { FastifyOtelInstrumentation } from '@fastify/otel';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { RedisInstrumentation } from '@opentelemetry/instrumentation-redis';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { ATTR_USER_AGENT_ORIGINAL } from '@opentelemetry/semantic-conventions';
import { endSpansOfMixedBatches } from './endSpansOfMixedBatches.ts';
import { ignoredPaths } from './ignoredPaths.ts';
import type { InstrumentationName } from './instrumentationName.ts';
import { describeRedisCommand } from './redaction/redisCommand.ts';
import { tellPostgresErrors } from './tellPostgresErrors.ts';

/** How the instrumentations of the runtime are set up. */
export interface BuiltInOptions {
  /** Paths, without query, whose requests are not traced: those of health checks. One that ends in `/*`: all beneath it. */
  readonly ignoreIncomingPaths: readonly string[];
}

/** Headers are not recorded, this one neither. */
const NO_USER_AGENT = { [ATTR_USER_AGENT_ORIGINAL]: undefined };

/**
 * An instrumentation that the runtime brings, switched on as it is made. It leaves out what would only be noise: of
 * Express and Fastify there is one span a request, that of the handler; middleware, routers and hooks make none.
 */
export function createBuiltInInstrumentation(name: InstrumentationName, options: BuiltInOptions): Instrumentation {
  switch (name) {
    case 'http':
      return createHttp(options);
    case 'undici':
      return new UndiciInstrumentation({ startSpanHook: () => NO_USER_AGENT });
    case 'express':
      return createExpress();
    case 'fastify':
      return createFastify(options);
    case 'pg':
      return createPg();
    case 'ioredis':
      return new IORedisInstrumentation({ dbStatementSerializer: describeRedisCommand });
    case 'redis':
      return createRedis();
  }
}

function createPg(): Instrumentation {
  const pg = new PgInstrumentation();
  tellPostgresErrors(pg);
  return pg;
}

function createRedis(): Instrumentation {
  const redis = new RedisInstrumentation({ dbStatementSerializer: describeRedisCommand });
  endSpansOfMixedBatches(redis);
  return redis;
}

function createHttp({ ignoreIncomingPaths }: BuiltInOptions): Instrumentation {
  const isIgnored = ignoredPaths(ignoreIncomingPaths);
  return new HttpInstrumentation({
    // A server that began to listen without tracing is answered for without tracing.
    ignoreIncomingRequestHook: ({ url }) => isTracingSuppressed(context.active()) || isIgnored(url),
    startIncomingSpanHook: () => NO_USER_AGENT,
    startOutgoingSpanHook: () => NO_USER_AGENT,
  });
}

function createExpress(): Instrumentation {
  return new ExpressInstrumentation({
    ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER],
    // By itself it leaves the route of a mounted router out.
    spanNameHook: ({ route }) => handlerName(route),
  });
}

function createFastify({ ignoreIncomingPaths }: BuiltInOptions): Instrumentation {
  const isIgnored = ignoredPaths(ignoreIncomingPaths);
  return new FastifyOtelInstrumentation({
    // Every instance is instrumented when it is made, and no application has to register a plugin.
    registerOnInitialization: true,
    instrumentHooks: false,
    instrumentHandler: false,
    ignorePaths: ({ url }) => isIgnored(url),
    requestHook: (span, { method, routeOptions }) => nameByRoute(span, method, routeOptions.url),
  });
}

/**
 * All requests of Fastify have spans of one name, `request`. Under the span of the HTTP server they are named as Express'
 * are; where only Fastify is instrumented, the span is the server's.
 */
function nameByRoute(span: Span, method: string, route: string | undefined): void {
  const isServer = getRPCMetadata(context.active()) === undefined;
  if (isServer) span.updateName(route === undefined ? method : `${method} ${route}`);
  else span.updateName(handlerName(route));
}

function handlerName(route: string | undefined): string {
  return route === undefined || route === '' ? 'request handler' : `request handler - ${route}`;
}
