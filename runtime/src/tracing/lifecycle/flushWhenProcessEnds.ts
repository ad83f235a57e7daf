import type { Dispose, HostProcess, TerminationSignal } from '../../core/hostProcess.ts';
import type { Tracing } from '../tracing.ts';
import type { TracingConfig } from '../configuration/tracingConfig.ts';

const TERMINATION_SIGNALS: readonly TerminationSignal[] = ['SIGTERM', 'SIGINT'];

/** What is asked of tracing when the process ends. */
export interface EndingTracing extends Pick<Tracing, 'stop'> {
  /** Sends what is waiting, in bounded time: whether that was enough. Never rejects. */
  flush(): Promise<boolean>;
  /** How many spans have not left the process. */
  pendingSpans(): number;
  /** Sends what can be sent without waiting for anything; what cannot is left alone. */
  sendNow(): void;
  /** Nothing is done for the process after this call: what is not sent is lost, and told as such. */
  abandon(): void;
}

/** A process with this ID is not ended by a signal that it does not listen to (Linux, pid_namespaces(7)). */
const INIT_PID = 1;

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
  const signals = config.handleSignals ? TERMINATION_SIGNALS : [];
  const disposals = [
    flushWhenNothingIsLeft(tracing, host),
    host.onExit(() => {
      tracing.sendNow();
      tracing.abandon();
    }),
    ...signals.map((signal) => answerSignal(signal, tracing, host, () => dispose())),
  ];
  const dispose = (): void => {
    for (const undo of disposals.splice(0)) undo();
  };
  return dispose;
}

/** Once: where a flush ran out of time, another one would hold the process for as long again. */
function flushWhenNothingIsLeft(tracing: EndingTracing, host: HostProcess): Dispose {
  let ranOut = false;
  return host.onBeforeExit(() => {
    if (ranOut || tracing.pendingSpans() === 0) return;
    void tracing.flush().then((inTime) => {
      ranOut = !inTime;
    });
  });
}

function answerSignal(signal: TerminationSignal, tracing: EndingTracing, host: HostProcess, end: Dispose): Dispose {
  let undo: Dispose = () => undefined;
  const listen = (): void => {
    undo = host.onSignal(signal, () => {
      if (host.signalListenerCount(signal) > 1) leaveToApplication();
      else if (host.pid === INIT_PID) void tracing.flush();
      else void endThenRaise(tracing, signal, host, end);
    });
  };
  // Off the list while the other listeners run: libraries end the process where all listeners are their own (signal-exit),
  // at once.
  const leaveToApplication = (): void => {
    undo();
    tracing.sendNow();
    undo = host.schedule(listen, 0);
    void tracing.flush();
  };
  listen();
  return () => undo();
}

async function endThenRaise(
  tracing: Pick<EndingTracing, 'stop'>,
  signal: TerminationSignal,
  host: HostProcess,
  end: Dispose,
): Promise<void> {
  end();
  // Stopping never rejects; a signal that got lost for want of trust in that would be worse than the doubt.
  await tracing.stop().catch(() => undefined);
  host.raise(signal);
}
