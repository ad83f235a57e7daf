import type { Instrumentation } from '@opentelemetry/instrumentation';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import { WinstonInstrumentation } from '@opentelemetry/instrumentation-winston';
import type { Dispose } from '../../core/hostProcess.ts';
import { nodeConsole } from './adapters/nodeConsole.ts';
import { correlateConsole, type LogConsole } from './correlateConsole.ts';
import type { LogLibrary } from './logLibrary.ts';

/** What log correlation needs from outside. */
export interface LogCorrelationPorts {
  /** The console whose lines may get IDs. */
  readonly console: LogConsole;
}

/** The correlation of logs between its start and its stop. */
export interface LogCorrelation {
  /** Those that hook pino and winston, switched on. */
  readonly instrumentations: readonly Instrumentation[];
  /** Lines are left alone from now on. */
  readonly stop: Dispose;
}

/**
 * Gives log lines written inside of a span the IDs of that span: pino and winston the fields `trace_id`, `span_id` and
 * `trace_flags`; console, where asked for, the prefix `trace_id=… span_id=…`. Lines outside a span are left alone.
 *
 * Log lines go where they went before, and nowhere else. Loggers of pino that were made before are not reached.
 */
export function createLogCorrelation(
  libraries: readonly LogLibrary[],
  ports: Partial<LogCorrelationPorts> = {},
): LogCorrelation {
  const instrumentations: Instrumentation[] = [];
  if (libraries.includes('pino')) instrumentations.push(new PinoInstrumentation({ disableLogSending: true }));
  if (libraries.includes('winston')) instrumentations.push(new WinstonInstrumentation({ disableLogSending: true }));
  const restoreConsole = libraries.includes('console') ? correlateConsole(ports.console ?? nodeConsole()) : undefined;
  return {
    instrumentations,
    stop: () => {
      for (const instrumentation of instrumentations) instrumentation.disable();
      restoreConsole?.();
    },
  };
}
