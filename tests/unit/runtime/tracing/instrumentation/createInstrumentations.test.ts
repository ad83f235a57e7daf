import type { Instrumentation } from '@opentelemetry/instrumentation';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import type { LoadedPackage } from '../../../../../runtime/src/tracing/instrumentation/adapters/loadApplicationPackage.ts';
import { createInstrumentations } from '../../../../../runtime/src/tracing/instrumentation/createInstrumentations.ts';
import {
  INSTRUMENTATION_NAMES,
  isInstrumentationName,
} from '../../../../../runtime/src/tracing/instrumentation/instrumentationName.ts';
import { instrumentedModules } from '../../../../../runtime/src/tracing/instrumentation/moduleDefinitions.ts';

/** As little as an instrumentation of OpenTelemetry's is. */
class BirdInstrumentation {
  readonly instrumentationName: string = 'birds';
  readonly instrumentationVersion = '1';
  enabled = true;
  init(): void {
    return undefined;
  }
  enable(): void {
    this.enabled = true;
  }
  disable(): void {
    this.enabled = false;
    disabled.push(this.instrumentationName);
  }
  setTracerProvider(): void {
    return undefined;
  }
  setMeterProvider(): void {
    return undefined;
  }
  setConfig(): void {
    return undefined;
  }
  getConfig(): object {
    return {};
  }
}

class BeeInstrumentation extends BirdInstrumentation {
  override readonly instrumentationName = 'bees';
}

class BrokenInstrumentation extends BirdInstrumentation {
  constructor() {
    super();
    throw new Error('no wings');
  }
}

const packages: Readonly<Record<string, unknown>> = {
  '@opentelemetry/instrumentation-birds': { BirdInstrumentation, default: BirdInstrumentation, version: '1' },
  '@zoo/birds': BirdInstrumentation,
  'opentelemetry-bees': { BeeInstrumentation, BirdInstrumentation },
  '@opentelemetry/instrumentation-broken': { BrokenInstrumentation },
  '@zoo/plain': { feed: () => undefined, Cage: class extends Error {} },
  '@zoo/empty': undefined,
};
let disabled: string[] = [];
let asked: string[] = [];
let made: Instrumentation[] = [];

function create(...instrumentations: readonly string[]): Instrumentation[] {
  const loadPackage = (name: string): LoadedPackage => {
    asked.push(name);
    if (name === '@zoo/throwing') throw new Error('no cage');
    return name in packages
      ? { found: true, exports: packages[name] }
      : { found: false, searched: ['/app/dist', '/app'] };
  };
  made = createInstrumentations({ instrumentations, ignoreIncomingPaths: [] }, { loadPackage });
  return made;
}

function namesOf(instrumentations: readonly Instrumentation[]): readonly string[] {
  return instrumentations.map(({ instrumentationName }) => instrumentationName);
}

function problemsOf(...names: readonly string[]): ConfigurationError {
  try {
    create(...names);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
  }
  throw new Error('no configuration error');
}

afterEach(() => {
  for (const instrumentation of made) instrumentation.disable();
  made = [];
  disabled = [];
  asked = [];
});

describe('createInstrumentations', () => {
  it('makes those that the runtime knows', () => {
    expect(namesOf(create(...INSTRUMENTATION_NAMES))).toEqual([
      '@opentelemetry/instrumentation-http',
      '@opentelemetry/instrumentation-undici',
      '@opentelemetry/instrumentation-express',
      '@fastify/otel',
      '@opentelemetry/instrumentation-pg',
      '@opentelemetry/instrumentation-ioredis',
      '@opentelemetry/instrumentation-redis',
    ]);
    expect(asked).toEqual([]);
  });

  it('takes the package of one that it knows for that one, with its own set-up, and makes it once', () => {
    expect(namesOf(create('pg', '@opentelemetry/instrumentation-pg', '@fastify/otel', 'fastify', 'pg'))).toEqual([
      '@opentelemetry/instrumentation-pg',
      '@fastify/otel',
    ]);
  });

  it.each([
    ['birds', '@opentelemetry/instrumentation-birds'],
    ['@opentelemetry/instrumentation-birds', '@opentelemetry/instrumentation-birds'],
    ['@zoo/birds', '@zoo/birds'],
  ])('makes the instrumentation of %s from a package of the application', (name, packageName) => {
    expect(namesOf(create(name))).toEqual(['birds']);
    expect(asked).toEqual([packageName]);
  });

  it('makes every instrumentation of a package, and those of a package once', () => {
    expect(namesOf(create('opentelemetry-bees'))).toEqual(['bees', 'birds']);
    expect(namesOf(create('birds', '@opentelemetry/instrumentation-birds'))).toEqual(['birds']);
  });

  it.each([
    [
      'koa',
      '@opentelemetry/instrumentation-koa is not installed where the application could load it (from /app/dist, /app): npm install @opentelemetry/instrumentation-koa',
    ],
    ['@zoo/throwing', '@zoo/throwing cannot be loaded: no cage'],
    ['@zoo/plain', '@zoo/plain holds no instrumentation of OpenTelemetry (it exports feed, Cage)'],
    ['@zoo/empty', '@zoo/empty holds no instrumentation of OpenTelemetry (it exports nothing)'],
    ['broken', 'the instrumentation of @opentelemetry/instrumentation-broken cannot be made: no wings'],
    ['../koa', 'that is not the name of a package'],
    ['', 'that is not the name of a package'],
  ])('says why %j cannot be used', (name, reason) => {
    expect(problemsOf(name).problems).toEqual([
      {
        option: 'instrumentations',
        value: JSON.stringify(name),
        source: 'options',
        allowed: `http, undici, express, fastify, pg, ioredis, redis, or an installed package with an instrumentation of OpenTelemetry; ${reason}`,
      },
    ]);
  });

  it('says all that is wrong at once, and leaves nothing switched on', () => {
    const { problems } = problemsOf('koa', 'birds', 'Not A Name', 'http');
    expect(problems.map(({ value }) => value)).toEqual(['"Not A Name"', '"koa"']);
    expect(disabled).toEqual(['birds']);
  });

  it('says where a name came from', () => {
    const options = { instrumentations: ['../x'], ignoreIncomingPaths: [], source: 'SOME_VARIABLE' };
    expect(() => createInstrumentations(options)).toThrow('instrumentations: "../x" (SOME_VARIABLE); allowed: http');
  });
});

describe('instrumentedModules', () => {
  it('names what the instrumentations wait for, once each', () => {
    expect(instrumentedModules(create('http', 'undici', 'fastify', 'pg', 'redis', 'birds'))).toEqual([
      'https',
      'http',
      'pg',
      'pg-pool',
      'redis',
      '@redis/client',
      '@node-redis/client',
    ]);
  });
});

describe('isInstrumentationName', () => {
  it.each([
    ['fastify', true],
    ['koa', false],
    ['toString', false],
  ])('of %s is %s', (name, known) => {
    expect(isInstrumentationName(name)).toBe(known);
  });
});
