import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MILLIS = 60_000;

/** Where the trace goes. */
export interface SendOneTraceOptions {
  /** The collector's thrift endpoint, as reached from this machine: `http://127.0.0.1:14268/api/traces`. */
  readonly collectorUrl: string;
}

/** What was sent. */
export interface SentTrace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** How many spans the trace has. */
  readonly spanCount: number;
  /** The services of the trace. */
  readonly services: readonly string[];
}

/** The trace was not made or not taken. */
export class TraceNotSentError extends Error {
  override readonly name = 'TraceNotSentError';

  constructor(collectorUrl: string, said: string, cause: unknown) {
    super(`no trace could be sent to ${collectorUrl}: ${said.trim()}`, { cause });
  }
}

/**
 * Runs one small traced application on this machine, in a process of its own, and sends its trace to a collector: for
 * clusters that the example is not deployed to. Resolves when the collector has taken the spans.
 *
 * @throws TraceNotSentError with what the application wrote.
 */
export async function sendOneTrace({ collectorUrl }: SendOneTraceOptions): Promise<SentTrace> {
  const application = fileURLToPath(new URL('sendOne.ts', import.meta.url));
  const args = ['--conditions=tracewright-source', '--import', '@tracewright/runtime/register', application];
  const environment = {
    PATH: process.env['PATH'],
    TRACEWRIGHT_EXPORTER: 'jaeger-http',
    TRACEWRIGHT_COLLECTOR_URL: collectorUrl,
    OTEL_SERVICE_NAME: 'checkout-local',
  };
  // The runtime is resolved from here: the workspace links it into the repository's own packages.
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  try {
    const { stdout } = await run(process.execPath, args, { cwd, env: environment, timeout: TIMEOUT_MILLIS });
    return parseSentTrace(JSON.parse(stdout));
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new TraceNotSentError(collectorUrl, said, error);
  }
}

function parseSentTrace(value: unknown): SentTrace {
  if (
    typeof value === 'object' &&
    value !== null &&
    'traceId' in value &&
    'spanCount' in value &&
    'services' in value
  ) {
    const { traceId, spanCount, services } = value;
    if (typeof traceId === 'string' && typeof spanCount === 'number' && Array.isArray(services))
      return { traceId, spanCount, services: services.map(String) };
  }
  throw new Error(`an unexpected answer: ${JSON.stringify(value)}`);
}
