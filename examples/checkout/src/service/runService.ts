import type { Health } from './health.ts';
import type { HttpService } from './httpService.ts';
import { errorFields, type Log } from './log.ts';

const STOP_TIMEOUT_MILLIS = 15_000;

/** The parts of a service that starts and stops. */
export interface ServiceLifecycle {
  readonly log: Log;
  readonly health: Health;
  readonly http: HttpService;
  /** What happens once before the first request. */
  readonly prepare: () => Promise<void>;
  /** Closes connections; called after the last request. */
  readonly release: () => Promise<void>;
}

/**
 * Prepares the service and lets it run until SIGTERM or SIGINT; then answers what was begun, lets go of its connections
 * and returns, so that the process ends with exit code 0.
 */
export async function runService({ log, health, http, prepare, release }: ServiceLifecycle): Promise<void> {
  const stopSignal = nextStopSignal();
  log('info', 'listening', { port: http.port });
  await prepare();
  health.markStarted();
  log('info', 'ready', {});
  const signal = await stopSignal;
  log('info', 'stopping', { signal });
  health.markStopping();
  endLatest(log);
  await http.stop();
  await release();
  log('info', 'stopped');
}

function nextStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

/** A client that never ends its request must not hold the process for ever. */
function endLatest(log: Log): void {
  setTimeout(() => {
    log('error', 'stopping took too long', errorFields(new Error(`${STOP_TIMEOUT_MILLIS} ms passed`)));
    process.exit(1);
  }, STOP_TIMEOUT_MILLIS).unref();
}
