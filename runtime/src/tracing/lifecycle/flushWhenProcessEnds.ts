import type { Dispose, HostProcess, TerminationSignal } from '../../core/hostProcess.ts';
import type { Tracing } from '../tracing.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';

const TERMINATION_SIGNALS: readonly TerminationSignal[] = ['SIGTERM', 'SIGINT'];

type Flushable = Pick<Tracing, 'flush' | 'stop'>;

/**
 * Sends what is waiting when the process comes to its end: when nothing is left to do, and on SIGTERM and SIGINT.
 *
 * A listener on a signal takes away Node's default, which is to end the process. Where the application listens itself,
 * ending is its business and the spans of its last requests are still to come: they are sent when nothing is left to
 * do. Where it does not, the signal is raised again after a bounded shutdown, so that whoever sent it sees the same exit
 * status as without tracing. A second signal ends the process at once.
 */
export function flushWhenProcessEnds(
  tracing: Flushable,
  config: Pick<TracingConfig, 'handleSignals'>,
  host: HostProcess,
): Dispose {
  const disposals: Dispose[] = [host.onBeforeExit(() => void tracing.flush())];
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

async function endThenRaise(
  tracing: Flushable,
  signal: TerminationSignal,
  host: HostProcess,
  dispose: Dispose,
): Promise<void> {
  dispose();
  await tracing.stop();
  host.raise(signal);
}
