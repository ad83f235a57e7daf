import type { Dispose, HostProcess, TerminationSignal } from '../../core/hostProcess.ts';
import type { Tracing } from '../tracing.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';

const TERMINATION_SIGNALS: readonly TerminationSignal[] = ['SIGTERM', 'SIGINT'];

/** What is asked of tracing when the process ends. */
export interface EndingTracing extends Pick<Tracing, 'flush' | 'stop'> {
  /** How many spans have not left the process. */
  pendingSpans(): number;
  /** Sends what can be sent without waiting for anything: nothing is done for the process after this call. */
  sendNow(): void;
}

/**
 * Sends what is waiting when the process comes to its end: when nothing is left to do, on SIGTERM and SIGINT, and, as far
 * as that can be done at once, on `process.exit()` and after a crash.
 *
 * A listener on a signal takes away Node's default, which is to end the process. Where the application listens itself,
 * ending is its business and the spans of its last requests are still to come: they are sent when nothing is left to
 * do. Where it does not, the signal is raised again after a bounded shutdown, so that whoever sent it sees the same exit
 * status as without tracing. A second signal ends the process at once.
 */
export function flushWhenProcessEnds(
  tracing: EndingTracing,
  config: Pick<TracingConfig, 'handleSignals'>,
  host: HostProcess,
): Dispose {
  const disposals: Dispose[] = [flushWhenNothingIsLeft(tracing, host), host.onExit(() => tracing.sendNow())];
  const dispose = (): void => {
    for (const undo of disposals.splice(0)) undo();
  };
  if (!config.handleSignals) return dispose;
  for (const signal of TERMINATION_SIGNALS) {
    disposals.push(
      host.onSignal(signal, () => {
        const applicationListens = host.signalListenerCount(signal) > 1;
        if (applicationListens) void tracing.flush();
        else void endThenRaise(tracing, signal, host, dispose);
      }),
    );
  }
  return dispose;
}

/** Once: where a flush ran out of time, another one would hold the process for as long again. */
function flushWhenNothingIsLeft(tracing: EndingTracing, host: HostProcess): Dispose {
  let ranOut = false;
  return host.onBeforeExit(() => {
    if (ranOut || tracing.pendingSpans() === 0) return;
    void tracing.flush().then(() => {
      ranOut = tracing.pendingSpans() > 0;
    });
  });
}

async function endThenRaise(
  tracing: Pick<EndingTracing, 'stop'>,
  signal: TerminationSignal,
  host: HostProcess,
  dispose: Dispose,
): Promise<void> {
  dispose();
  await tracing.stop();
  host.raise(signal);
}
