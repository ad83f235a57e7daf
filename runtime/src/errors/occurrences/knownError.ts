import type { CaptureReceipt } from '../captureOptions.ts';
import type { UnseenError } from '../groups/unseenError.ts';
import type { ToldError } from '../toldError.ts';
import type { Sighting } from './sighting.ts';

/** What became of an error: where it went, and which of all errors it is; or that it was counted only. */
export type Outcome = { readonly receipt: CaptureReceipt; readonly number: number } | { readonly unseen: UnseenError };

/** An error that was captured, and what is known of it by now. */
export class KnownError {
  outcome: Outcome;
  /** Which object its event shows, by the number that `ErrorOccurrences` gave it. */
  shown: number | undefined;
  #isHandled: boolean;
  #isUncaught: boolean;
  #isGiven: boolean;
  #hasTrace: boolean;
  /** What has ended with it. */
  #ended: 'nothing' | 'request' | 'process' = 'nothing';

  constructor(told: ToldError, { trace }: Pick<Sighting, 'trace'>, outcome: Outcome) {
    const { handled = true, isUncaught = false } = told;
    this.outcome = outcome;
    this.#isHandled = handled;
    this.#isUncaught = isUncaught;
    this.#isGiven = told.source === 'call';
    this.#hasTrace = trace !== undefined;
  }

  /** Whether the application has dealt with it. */
  get isHandled(): boolean {
    return this.#isHandled;
  }

  /** Whether nobody caught it, which ends the process. */
  get isUncaught(): boolean {
    return this.#isUncaught;
  }

  /** Whether the application gave it to `capture`. */
  get isGiven(): boolean {
    return this.#isGiven;
  }

  /** Whether something is new in what is told of it. On its way out an error passes many spans, which say nothing new. */
  isNews(told: ToldError, { trace }: Pick<Sighting, 'trace'>): boolean {
    return (
      told.source === 'call' ||
      told.isSummary === true ||
      this.#isHandledAfter(told) !== this.#isHandled ||
      (told.isUncaught === true && !this.#isUncaught) ||
      (trace !== undefined && !this.#hasTrace)
    );
  }

  /** What is told of it is known from now on. */
  learn(told: ToldError, { trace }: Pick<Sighting, 'trace'>): void {
    this.#isHandled = this.#isHandledAfter(told);
    this.#isUncaught ||= told.isUncaught === true;
    this.#isGiven ||= told.source === 'call';
    this.#hasTrace ||= trace !== undefined;
  }

  /** A request, or the process, has ended with it, or so it is told. */
  noteEnd({ source, handled = true }: ToldError): void {
    if (source === 'uncaughtException' || source === 'unhandledRejection') this.#ended = 'process';
    else if (source === 'request' && !handled && this.#ended === 'nothing') this.#ended = 'request';
  }

  /**
   * What a request has ended with was not dealt with because somebody writes it to a log; that the application has is said with
   * `capture`. What was caught by nobody was dealt with by nobody.
   */
  #isHandledAfter({ handled = true, source }: ToldError): boolean {
    if (!handled || this.#isHandled) return handled;
    return this.#ended === 'nothing' || (this.#ended === 'request' && source === 'call');
  }
}
