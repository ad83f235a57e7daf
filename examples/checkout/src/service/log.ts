import { currentTraceContext } from '@tracewright/runtime';

/** How much a line matters. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Writes one JSON line to standard output, with the trace and span it belongs to. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * A logger whose lines have the form of docs/logs.md: the time in seconds since 1970, the service's name, and `trace_id` and
 * `span_id` inside a traced request.
 */
export function createLog(service: string, write: (line: string) => void): Log {
  return (level, message, fields = {}) => {
    const trace = currentTraceContext();
    const line = {
      level,
      ts: Date.now() / 1000,
      msg: message,
      'service.name': service,
      ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }),
      ...fields,
    };
    write(`${JSON.stringify(line)}\n`);
  };
}

/** What an error says, as fields of a log line. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { error: error.message, error_type: error.name, ...cause };
}
