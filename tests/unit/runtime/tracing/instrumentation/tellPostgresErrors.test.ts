import { trace } from '@opentelemetry/api';
import type { PgInstrumentationConfig } from '@opentelemetry/instrumentation-pg';
import { afterEach, expect, it } from 'vitest';
import { tellPostgresErrors } from '../../../../../runtime/src/tracing/instrumentation/tellPostgresErrors.ts';
import { hookThrown } from '../../../../../runtime/src/tracing/spans/thrownHook.ts';

let unhook = (): void => undefined;

afterEach(() => unhook());

type Query = () => Promise<unknown>;

/** What the instrumentation of pg does with a query (0.77.0), and what is told of it. */
function patched() {
  const told: unknown[] = [];
  const span = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 });
  unhook = hookThrown(Object.getPrototypeOf(span) as object, (thrown) => told.push(thrown));
  let config: PgInstrumentationConfig = {};
  const pg = {
    getConfig: () => config,
    setConfig: (given: PgInstrumentationConfig) => void (config = given),
    _getClientQueryPatch: () => (original: Query) => () => {
      config.requestHook?.(span, {} as never);
      return original().catch((error: unknown) => {
        const { name, code } = error as { readonly name?: string; readonly code?: string };
        span.recordException(
          `PostgreSQL error of type '${name ?? 'PostgreSQLError'}' occurred (code: ${code ?? 'UNKNOWN'})`,
        );
        throw error;
      });
    },
  };
  tellPostgresErrors(pg);
  return { told, span, query: (original: Query) => pg._getClientQueryPatch()(original)() };
}

it.each([
  ['of the server', Object.assign(new Error('no such column'), { name: 'error', code: '42703' })],
  ['of the network', new Error('connection terminated')],
])('tells the error of a query and not the text of the instrumentation about it: %s', async (_, error) => {
  const { told, span, query } = patched();
  await expect(query(() => Promise.reject(error))).rejects.toBe(error);
  expect(told).toEqual([error]);
  span.recordException('the application says something else');
  expect(told).toEqual([error, 'the application says something else']);
});

it('tells nothing of a query that succeeds', async () => {
  const { told, query } = patched();
  expect(await query(() => Promise.resolve(7))).toBe(7);
  expect(told).toEqual([]);
});
