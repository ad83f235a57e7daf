import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { DROP_REASONS, type DropReason } from './dropReason.ts';
import type { EventLoop } from './eventLoop.ts';
import { SpansDroppedError } from './spansDroppedError.ts';

const QUIET_MILLIS = 60_000;

/** What a `DropReporter` is made of. */
export interface DropReporterOptions {
  /** Where spans go, as text. */
  readonly destination: string;
  /** Told of losses. What it throws is ignored. */
  readonly onError: (error: Error) => void;
  readonly host: Pick<HostProcess, 'schedule'>;
  readonly eventLoop: Pick<EventLoop, 'nextTurn'>;
}

/**
 * Tells of lost spans: for each reason the first loss on the next turn of the event loop (never in the middle of the
 * application's `span.end()`), and what follows in sum, once a minute.
 */
export class DropReporter {
  readonly #reports: Readonly<Record<DropReason, ReasonReports>>;

  constructor(options: DropReporterOptions) {
    const reportsOf = (reason: DropReason): ReasonReports => new ReasonReports(reason, options);
    this.#reports = {
      queue_full: reportsOf('queue_full'),
      oversize: reportsOf('oversize'),
      export_failed: reportsOf('export_failed'),
      shutdown: reportsOf('shutdown'),
    };
  }

  /** Spans were lost. `cause` is what went wrong, where it is known. */
  add(reason: DropReason, spanCount: number, cause?: Error): void {
    if (spanCount > 0) this.#reports[reason].add(spanCount, cause);
  }

  /** Tells now what has not been told, and leaves no timer behind. */
  flush(): void {
    for (const reason of DROP_REASONS) this.#reports[reason].flush();
  }
}

/** The reports of one reason. */
class ReasonReports {
  readonly #reason: DropReason;
  readonly #options: DropReporterOptions;
  #untold = 0;
  #cause: Error | undefined;
  /** Takes back the next report; there is one planned from the first loss until a whole minute brought none. */
  #cancel: Dispose | undefined;

  constructor(reason: DropReason, options: DropReporterOptions) {
    this.#reason = reason;
    this.#options = options;
  }

  add(spanCount: number, cause: Error | undefined): void {
    this.#untold += spanCount;
    this.#cause = cause ?? this.#cause;
    this.#cancel ??= this.#options.eventLoop.nextTurn(() => this.#report());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#tell();
  }

  #report(): void {
    this.#cancel = this.#untold === 0 ? undefined : this.#options.host.schedule(() => this.#report(), QUIET_MILLIS);
    this.#tell();
  }

  #tell(): void {
    if (this.#untold === 0) return;
    const { destination, onError } = this.#options;
    const [spanCount, cause] = [this.#untold, this.#cause];
    this.#untold = 0;
    this.#cause = undefined;
    try {
      onError(new SpansDroppedError({ reason: this.#reason, spanCount, destination, cause }));
    } catch {
      // Telemetry never fails its host, and there is nobody left to tell.
    }
  }
}
