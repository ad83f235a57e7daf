import type { Instrumentation } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { RedisInstrumentation } from '@opentelemetry/instrumentation-redis';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { INSTRUMENTATION_NAMES, type InstrumentationName } from './instrumentationName.ts';
import type { TracingConfig } from './configuration/tracingConfig.ts';

type Wanted = Pick<TracingConfig, 'instrumentations' | 'ignoreIncomingPaths'>;

/** The instrumentations of a configuration, switched on as they are made. */
export function createInstrumentations(config: Wanted): Instrumentation[] {
  return INSTRUMENTATION_NAMES.filter((name) => config.instrumentations.includes(name)).map((name) =>
    createInstrumentation(name, config),
  );
}

function createInstrumentation(name: InstrumentationName, { ignoreIncomingPaths }: Wanted): Instrumentation {
  switch (name) {
    case 'http': {
      const ignored = new Set(ignoreIncomingPaths);
      return new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => ignored.has(pathOf(url)) });
    }
    case 'undici':
      return new UndiciInstrumentation();
    case 'pg':
      return new PgInstrumentation();
    case 'ioredis':
      return new IORedisInstrumentation({ dbStatementSerializer: describeRedisCommand });
    case 'redis':
      return new RedisInstrumentation({ dbStatementSerializer: describeRedisCommand });
  }
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/**
 * The command without its arguments: keys and values hold session tokens and personal data, and the instrumentations'
 * own serializer writes all arguments of `EVAL`.
 */
function describeRedisCommand(command: string, args: readonly unknown[]): string {
  return args.length === 0 ? command : `${command} [${args.length} ${args.length === 1 ? 'argument' : 'arguments'}]`;
}
