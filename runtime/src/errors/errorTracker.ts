/// <reference lib="esnext.disposable" preserve="true" />
import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import { currentTraceContext } from '../core/currentTraceContext.ts';
import type { Dispose } from '../core/hostProcess.ts';
import { neverThrowing } from '../core/neverThrowing.ts';
import { TextRedactor } from '../core/textRedactor.ts';
import { toError } from '../core/toError.ts';
import { warnSparingly } from '../core/warnSparingly.ts';
import { nodeWorkingDirectory } from './adapters/nodeWorkingDirectory.ts';
import { nodeSourceFiles } from './capture/adapters/nodeSourceFiles.ts';
import { Breadcrumbs } from './capture/breadcrumbs.ts';
import { CaptureBudget } from './captureBudget.ts';
import type { CaptureOptions, CaptureReceipt } from './captureOptions.ts';
import { ErrorClassifier } from './classification/errorClassifier.ts';
import { ErrorCapturer, NO_REQUEST, scopeOf } from './errorCapturer.ts';
import type { ErrorCategory } from './errorCategory.ts';
import type { ErrorFacts } from './errorFacts.ts';
import { ErrorSorter } from './errorSorter.ts';
import { type ErrorTotal, ErrorTotals } from './errorTotals.ts';
import {
  type ErrorTrackerConfig,
  type ErrorTrackerOptions,
  resolveErrorTrackerOptions,
} from './errorTrackerOptions.ts';
import type { ErrorTrackerPorts } from './errorTrackerPorts.ts';
import { type ExplainedFrame, FrameExplainer } from './frameExplainer.ts';
import { ErrorGrouper } from './grouping/errorGrouper.ts';
import { ErrorGroups } from './groups/errorGroups.ts';
import type { ErrorGroupListener } from './groups/errorGroupListener.ts';
import { ErrorOccurrences } from './occurrences/errorOccurrences.ts';
import { KnownError, type Outcome } from './occurrences/knownError.ts';
import { RequestErrors } from './occurrences/requestErrors.ts';
import { type Sighting, sightingOf } from './occurrences/sighting.ts';
import type { ToldError } from './toldError.ts';
import { unseenKindOf } from './unseenKind.ts';

/**
 * Captures errors, tells what each is about and which are the same, and counts them, wholly in this process.
 *
 * Capturing never throws and never changes what it is given. What is kept is redacted first, and bounded. No thread is started
 * and no process kept alive.
 */
export class ErrorTracker implements AsyncDisposable {
  /** What is in force. */
  readonly config: ErrorTrackerConfig;
  /** The groups: what came how often, and what people made of it. */
  readonly groups: ErrorGroups;
  readonly #ports: ErrorTrackerPorts;
  readonly #capturer: ErrorCapturer;
  readonly #sorter: ErrorSorter;
  readonly #breadcrumbs: Breadcrumbs;
  readonly #explainer: FrameExplainer;
  readonly #occurrences = new ErrorOccurrences();
  readonly #requestErrors = new RequestErrors();
  readonly #totals = new ErrorTotals();
  readonly #budget: CaptureBudget;
  readonly #stopListening: Dispose;

  /** @throws ConfigurationError for options that are unknown or out of their range; it names each. */
  constructor(options: ErrorTrackerOptions = {}, ports: Partial<ErrorTrackerPorts> = {}) {
    this.config = resolveErrorTrackerOptions(options);
    this.#ports = resolvePorts(ports);
    const { host, onError, textRedactor, workingDirectory } = this.#ports;
    const { uncaught, maxBreadcrumbs, maxTimeShare, categoryRules, groups } = this.config;
    const redactText = (text: string): string => textRedactor.redact(text);
    const files = nodeSourceFiles(workingDirectory);
    this.#explainer = new FrameExplainer({ files, redactText, workingDirectory });
    this.#sorter = new ErrorSorter({
      grouper: new ErrorGrouper({ originalFrames: (frames) => this.#explainer.known(frames) }),
      classifier: new ErrorClassifier({ rules: categoryRules, onError }),
      fingerprint: this.config.fingerprint,
      report: (error) => this.#report(error),
    });
    const breadcrumbs = new Breadcrumbs({ host, redactText, limit: maxBreadcrumbs });
    this.#breadcrumbs = breadcrumbs;
    this.#capturer = new ErrorCapturer({
      host,
      redactText,
      workingDirectory,
      release: this.config.release,
      breadcrumbs,
    });
    this.#budget = new CaptureBudget(maxTimeShare, host);
    this.groups = new ErrorGroups(groups, { host, textRedactor, onError });
    this.#stopListening = uncaught ? this.#listenToProcess(host) : () => undefined;
  }

  /**
   * Captures something that was thrown, whatever it is. Never throws.
   *
   * @returns where it went; `undefined` where there was no time for it (`maxTimeShare`), or it could not be captured, which is
   * told to `onError`
   */
  capture(thrown: unknown, options: CaptureOptions = {}): CaptureReceipt | undefined {
    try {
      return this.#tell(thrown, { handled: true, ...options, source: 'call' });
    } catch (error) {
      return this.#report(error);
    }
  }

  /**
   * As `capture`, for what tells errors by itself: spans, requests, loggers.
   *
   * What was captured already, on its way through the same request, those that it is a part of, or outside of requests the same
   * trace, is not captured again, nor is an error whose cause it was; outside of both, this holds for a second. What is new of
   * it, that it was handled, was not or ends the process, its trace, context, category and user, is added to its event and its
   * group. It stays in its group and counts as what it was when it came. What a request has ended with was handled only if
   * `capture` says so, and what nobody caught was not.
   */
  tell(thrown: unknown, told: ToldError): CaptureReceipt | undefined {
    try {
      return this.#tell(thrown, told);
    } catch (error) {
      return this.#report(error);
    }
  }

  /**
   * Notes something that happened, to be shown with the errors that come after it: in a trace or request with those of the
   * same one, elsewhere with all. Never throws.
   */
  addBreadcrumb(kind: string, message: string, data?: object): void {
    const { currentRequest, currentTrace } = this.#ports;
    this.#breadcrumbs.add(
      kind,
      message,
      data,
      scopeOf({ request: currentRequest() ?? NO_REQUEST, trace: currentTrace() }),
    );
  }

  /**
   * Reads the source maps of minified files, so that their errors are grouped as those of the sources: `dist/main.js`. To be
   * called before the first of these errors; without it errors of two minified builds are one group, but not the one of the
   * sources. Never rejects: a map that cannot be used is as none.
   */
  loadSourceMaps(files: readonly string[]): Promise<void> {
    return this.#explainer.load(files);
  }

  /**
   * The frames of an error that was captured, with the places and the code that they come from: source maps and sources are
   * read for it. Never rejects: what cannot be read is as it was.
   */
  explain(error: Pick<ErrorFacts, 'frames'>): Promise<readonly ExplainedFrame[]> {
    return this.#explainer.explain(error);
  }

  /**
   * How many errors of each kind were captured, as they were then; those that there was no time to look at are `unknown`. One
   * that was captured and later ends the process stays where it was counted first. No number ever falls.
   */
  totals(): readonly ErrorTotal[] {
    return this.#totals.rows();
  }

  /** Tells a listener what happens to groups from now on. @returns ends it */
  listen(listener: ErrorGroupListener): Dispose {
    return this.groups.listen(listener);
  }

  /** Captures nothing by itself any more. What is kept can still be asked for. May be called again. */
  stop(): Promise<void> {
    this.#stopListening();
    this.groups.stop();
    return Promise.resolve();
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #listenToProcess(host: ErrorTrackerPorts['host']): Dispose {
    const ends = [
      host.onUncaught((thrown, source) => void this.tell(thrown, { source, handled: false, isUncaught: true })),
      host.onSurvivedRejection((reason) => void this.tell(reason, { source: 'unhandledRejection', handled: false })),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  #tell(thrown: unknown, told: ToldError): CaptureReceipt | undefined {
    const { host, currentTrace, currentRequest } = this.#ports;
    const request = told.request ?? currentRequest() ?? NO_REQUEST;
    const sighting = sightingOf(request, told.trace ?? currentTrace(), host.monotonicMillis());
    const seen = told.isSummary ? this.#findFailure(sighting) : this.#findSeen(thrown, told, sighting);
    const { known = this.#captureNew(thrown, told, sighting), isNews = false } = seen ?? {};
    if (isNews) this.#spend(told, () => this.#amend(known, thrown, told, sighting, seen?.isWrapper));
    known.noteEnd(told);
    // What says only that a request failed is the end of it.
    if (seen === undefined || !told.isSummary) this.#requestErrors.note(known, sighting, host.monotonicMillis());
    return receiptOf(known);
  }

  /** What is known of the error that a request failed with, of which it is told no more than that. */
  #findFailure(sighting: Sighting): Seen | undefined {
    const known = this.#requestErrors.failureOf(sighting);
    return known && { known, isNews: true, isWrapper: false };
  }

  /** What is known of an error, or of the one that it wraps, where it was captured already. */
  #findSeen(thrown: unknown, told: ToldError, sighting: Sighting): Seen | undefined {
    const known = this.#occurrences.find(thrown, sighting);
    if (known !== undefined) return { known, isNews: known.isNews(told, sighting), isWrapper: false };
    const wrapped = this.#occurrences.findWrapped(thrown, sighting, told.source === 'call');
    if (wrapped === undefined) return undefined;
    this.#occurrences.note(thrown, sighting, wrapped);
    return { known: wrapped, isNews: true, isWrapper: true };
  }

  #captureNew(thrown: unknown, told: ToldError, sighting: Sighting): KnownError {
    const outcome = this.#spend(told, () => this.#lookAt(thrown, told, sighting)) ?? this.#shed(thrown, told);
    const known = new KnownError(told, sighting, outcome);
    this.#occurrences.note(thrown, sighting, known);
    return known;
  }

  /** What ends the process leaves nothing to save time for. */
  #spend<Result>({ isUncaught }: ToldError, work: () => Result): Result | undefined {
    return isUncaught ? work() : this.#budget.spend(work);
  }

  #amend(known: KnownError, thrown: unknown, told: ToldError, sighting: Sighting, isWrapper = false): void {
    const wasHandled = known.isHandled;
    known.learn(told, sighting);
    const { outcome, isHandled, isUncaught } = known;
    // What there was no time to look at stays as it is, unless it ends the process.
    if ('unseen' in outcome && !told.isUncaught) return;
    const { trace, request } = sighting;
    const { status } = request;
    const ofRequest = told.isSummary ? (status === undefined ? NO_REQUEST : { status }) : request;
    const captured = this.#capturer.capture(
      thrown,
      { ...told, handled: isHandled, isUncaught },
      { trace, request: ofRequest },
    );
    if ('unseen' in outcome) {
      const grouped = this.#sorter.groupedAs(captured, told);
      const { unseen } = outcome;
      const groupCategory = this.groups.lookAtUnseen(captured, grouped, unseen);
      if (groupCategory !== undefined)
        known.outcome = { receipt: receiptFor(grouped.id, groupCategory), number: unseen.number };
      return;
    }
    const { receipt, number } = outcome;
    const { groupId: id } = receipt;
    const said = this.#sorter.categorySaid(told);
    const category = this.groups.amend({ id, number, captured, wasHandled, category: said, isWrapper });
    if (category !== undefined && category !== receipt.category)
      known.outcome = { receipt: receiptFor(id, category), number };
  }

  #lookAt(thrown: unknown, told: ToldError, sighting: Sighting): Outcome {
    const captured = this.#capturer.capture(thrown, told, sighting);
    const grouped = this.#sorter.groupedAs(captured, told);
    const { category, severity, number } = this.groups.add(captured, grouped);
    this.#totals.add(category, severity, captured.isHandled);
    return { receipt: receiptFor(grouped.id, category), number };
  }

  #shed(thrown: unknown, { handled: isHandled = true }: ToldError): Outcome {
    const { type, code } = unseenKindOf(thrown);
    const { severity, number } = this.groups.addUnseen(type, code, isHandled);
    this.#totals.add('unknown', severity, isHandled);
    return { unseen: { type, code, number } };
  }

  #report(error: unknown): undefined {
    this.#ports.onError(toError(error));
  }
}

/** What is known of an error that was captured already. */
interface Seen {
  readonly known: KnownError;
  /** Whether something is told of it that is new. */
  readonly isNews: boolean;
  /** Whether it is told by an error whose cause it is. */
  readonly isWrapper: boolean;
}

function receiptFor(groupId: string, category: ErrorCategory): CaptureReceipt {
  return Object.freeze({ groupId, category });
}

function receiptOf({ outcome }: KnownError): CaptureReceipt | undefined {
  return 'receipt' in outcome ? outcome.receipt : undefined;
}

function resolvePorts(ports: Partial<ErrorTrackerPorts>): ErrorTrackerPorts {
  const host = ports.host ?? nodeHostProcess();
  return {
    host,
    workingDirectory: ports.workingDirectory ?? nodeWorkingDirectory(),
    currentTrace: ports.currentTrace ?? currentTraceContext,
    currentRequest: ports.currentRequest ?? (() => undefined),
    textRedactor: ports.textRedactor ?? new TextRedactor(),
    onError: neverThrowing(ports.onError ?? warnSparingly(host)),
  };
}
