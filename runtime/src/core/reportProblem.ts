import { diag } from '@opentelemetry/api';

/**
 * Tells OpenTelemetry's diagnostics that something went wrong about a span or a request: a hook of the application's that
 * threw, a span that could not be started. Never throws, even where the logger behind the diagnostics does.
 */
export function reportProblem(what: string, cause: unknown): void {
  try {
    diag.warn(`@tracewright/runtime: ${what}`, cause);
  } catch {
    // There is nobody left to tell.
  }
}
