import type { Instrumentation } from '@opentelemetry/instrumentation';
import { afterAll, describe, expect, it } from 'vitest';
import { createInstrumentations } from '../../../../../runtime/src/tracing/instrumentation/createInstrumentations.ts';
import { EarlyLoadWarning } from '../../../../../runtime/src/tracing/instrumentation/earlyLoadWarning.ts';
import { findEarlyLoads } from '../../../../../runtime/src/tracing/instrumentation/findEarlyLoads.ts';
import { INSTRUMENTATION_NAMES } from '../../../../../runtime/src/tracing/instrumentation/instrumentationName.ts';
import { createLogCorrelation } from '../../../../../runtime/src/tracing/logs/createLogCorrelation.ts';

const instrumentations: readonly Instrumentation[] = createInstrumentations({
  instrumentations: INSTRUMENTATION_NAMES,
  ignoreIncomingPaths: [],
});
afterAll(() => {
  for (const instrumentation of instrumentations) instrumentation.disable();
});

function found(...loadedFiles: readonly string[]): readonly (readonly string[])[] {
  return findEarlyLoads(instrumentations, { loadedFiles }).map(({ library, file }) => [library, file]);
}

describe('findEarlyLoads', () => {
  it.each([
    ['/app/node_modules/pg/lib/index.js', 'pg'],
    ['/app/node_modules/.pnpm/ioredis@6.0.0/node_modules/ioredis/built/index.js', 'ioredis'],
    ['/app/node_modules/@redis/client/dist/lib/client/index.js', '@redis/client'],
    ['C:\\app\\node_modules\\express\\index.js', 'express'],
  ])('finds a library by a file of it: %s', (file, library) => {
    expect(found('/app/main.js', file)).toEqual([[library, file]]);
  });

  it.each([
    '/app/node_modules/pg-connection-string/index.js',
    '/app/node_modules/pg/package.json',
    '/app/pg/lib/index.js',
    '/app/node_modules/@opentelemetry/instrumentation-pg/dist/index.cjs',
    '/app/node_modules/undici/index.js',
    '/app/node_modules/fastify/fastify.js',
  ])('makes nothing of %s', (file) => {
    expect(found(file)).toEqual([]);
  });

  it('warns once for each instrumentation', () => {
    const files = ['pg-pool/index.js', 'pg/lib/index.js', 'redis/dist/index.js', '@redis/client/dist/index.js'];
    expect(found(...files.map((file) => `/app/node_modules/${file}`)).map(([library]) => library)).toEqual([
      'pg',
      'redis',
    ]);
  });

  it('says what is wrong and what to do', () => {
    const [warning] = findEarlyLoads(instrumentations, { loadedFiles: ['/app/node_modules/pg/lib/index.js'] });
    expect(warning).toBeInstanceOf(EarlyLoadWarning);
    expect(warning).toMatchObject({
      name: 'EarlyLoadWarning',
      library: 'pg',
      file: '/app/node_modules/pg/lib/index.js',
      instrumentation: '@opentelemetry/instrumentation-pg',
    });
    expect(warning?.message).toContain(
      'pg was loaded before tracing started, and what is done with it makes no spans. Start',
    );
    expect(warning?.message).toContain('--import @tracewright/runtime/register');
  });

  it.each(['pino', 'winston'])('says of %s that its lines get no IDs: it makes no spans in any case', (library) => {
    const correlation = createLogCorrelation(['pino', 'winston']);
    const loadedFiles = [`/app/node_modules/${library}/index.js`];
    const messages = findEarlyLoads(correlation.instrumentations, { loadedFiles }).map(({ message }) => message);
    correlation.stop();
    expect(messages).toEqual([
      expect.stringContaining(
        `${library} was loaded before tracing started, and its lines get no trace and span IDs. Start`,
      ),
    ]);
  });
});
