import type { HostProcess } from '../../core/hostProcess.ts';
import { isObject } from '../../core/isObject.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { ownText } from '../../core/ownText.ts';
import { causeOf } from '../../core/thrown/causeOf.ts';
import { ownData } from '../../core/thrown/ownData.ts';

/** How far down a chain of causes is looked. */
const MOST_CAUSES = 5;
/** Of a message, the end is remembered. */
const MOST_MESSAGE_LENGTH = 1024;
/** So many messages are remembered, for so long after the last time that they were reported. */
const MOST_MESSAGES = 20;
const REMEMBERED_MILLIS = 60_000;
const ONCE_IN_MILLIS = 1000;

/** A message that was reported. */
interface Message {
  readonly reportedAt: number;
  /** When a line said it that was told. */
  toldAt: number;
}

/**
 * What a tracker has reported as going wrong in itself. An application that logs it does not tell of an error of its own, and
 * if it were captured, what fails for each error would fail for it, too, be it in a later turn: there would be no end.
 */
export class ReportedErrors {
  /** Reports an error, and remembers it. Never throws. */
  readonly report: (error: Error) => void;
  readonly #host: Pick<HostProcess, 'monotonicMillis'>;
  readonly #reported = new WeakSet<object>();
  /** By their ends; the one that was reported last comes last. */
  readonly #messages = new Map<string, Message>();
  #reporting = 0;

  constructor(onError: (error: Error) => unknown, host: Pick<HostProcess, 'monotonicMillis'>) {
    this.#host = host;
    const tell = neverThrowing(onError);
    this.report = (error) => {
      this.#remember(error);
      this.#reporting += 1;
      tell(error);
      this.#reporting -= 1;
    };
  }

  /** Whether somebody is told of an error just now: what is logged meanwhile is about it. */
  get isReporting(): boolean {
    return this.#reporting > 0;
  }

  /** Whether an error, or one of its causes, was reported. Runs no code of the error's. */
  has(error: object): boolean {
    let link: unknown = error;
    for (let depth = 0; depth <= MOST_CAUSES && isObject(link); depth += 1) {
      if (this.#reported.has(link)) return true;
      link = causeOf(link);
    }
    return false;
  }

  /**
   * Whether a text of a line is, or ends with, the message of what was reported in the last minute, and there was such a line
   * in the last second already: an error that is made anew of a message cannot be known again.
   */
  isRepetition(texts: readonly unknown[]): boolean {
    const now = this.#host.monotonicMillis();
    for (const [end, message] of this.#messages) {
      if (now - message.reportedAt > REMEMBERED_MILLIS) continue;
      if (!texts.some((text) => typeof text === 'string' && text.endsWith(end))) continue;
      if (now - message.toldAt < ONCE_IN_MILLIS) return true;
      message.toldAt = now;
      return false;
    }
    return false;
  }

  #remember(error: Error): void {
    this.#reported.add(error);
    const message = ownData(error, 'message');
    if (typeof message !== 'string' || message === '') return;
    const end = ownText(message.slice(-MOST_MESSAGE_LENGTH), MOST_MESSAGE_LENGTH);
    const toldAt = this.#messages.get(end)?.toldAt ?? Number.NEGATIVE_INFINITY;
    this.#messages.delete(end);
    this.#messages.set(end, { reportedAt: this.#host.monotonicMillis(), toldAt });
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > MOST_MESSAGES && oldest !== undefined) this.#messages.delete(oldest);
  }
}
