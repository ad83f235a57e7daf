import type { HostProcess } from '../core/hostProcess.ts';
import { ownText } from '../core/ownText.ts';
import type { Breadcrumbs } from './capture/breadcrumbs.ts';
import { CleanTexts } from './capture/cleanTexts.ts';
import { ErrorDescriber } from './capture/errorDescriber.ts';
import { plainProperties } from './capture/plainProperties.ts';
import type { CapturedError, ErrorRequest } from './capturedError.ts';
import type { Sighting } from './occurrences/sighting.ts';
import type { ToldError } from './toldError.ts';

const MOST_NAME_LENGTH = 200;

/** The request of what is in none that is known. */
export const NO_REQUEST: ErrorRequest = Object.freeze({});
const NO_CONTEXT = Object.freeze({});

/** What a capturer needs. */
export interface ErrorCapturerOptions {
  readonly host: Pick<HostProcess, 'wallMillis'>;
  /** Takes out of a text what must not be kept. */
  readonly redactText: (text: string) => string;
  /** An absolute path: files inside of it are called by their path from here. */
  readonly workingDirectory: string;
  /** The version of the application. */
  readonly release: string | undefined;
  readonly breadcrumbs: Pick<Breadcrumbs, 'recent'>;
}

type Draft<Facts> = { -readonly [Name in keyof Facts]: Facts[Name] };

/**
 * Puts together what was thrown and what was known when it was: redacted, bounded, frozen. It is done for every error, also of
 * a flood of them: what is left out of most is set where it is there, which is faster than objects that are merged.
 */
export class ErrorCapturer {
  readonly #options: ErrorCapturerOptions;
  readonly #describer: ErrorDescriber;
  readonly #texts: CleanTexts;

  constructor(options: ErrorCapturerOptions) {
    this.#options = options;
    this.#describer = new ErrorDescriber(options);
    this.#texts = new CleanTexts(options.redactText);
  }

  /** Runs no code of what was thrown. */
  capture(thrown: unknown, told: ToldError, { trace, request }: Pick<Sighting, 'trace' | 'request'>): CapturedError {
    const { host, release, breadcrumbs } = this.#options;
    const captured: Draft<CapturedError> = {
      error: this.#describer.describe(thrown),
      source: told.source,
      isHandled: told.handled ?? true,
      atMillis: host.wallMillis(),
      request: this.#requestOf(request),
      context: this.#contextOf(told.context),
      breadcrumbs: breadcrumbs.recent(scopeOf({ trace, request })),
    };
    if (told.isUncaught) captured.isUncaught = true;
    if (release !== undefined) captured.release = release;
    if (trace !== undefined) {
      captured.traceId = trace.traceId;
      captured.spanId = trace.spanId;
      captured.sampled = trace.sampled;
    }
    return Object.freeze(captured);
  }

  /** Callers without types give anything; what is in a list or a buffer has no names. */
  #contextOf(context: unknown): CapturedError['context'] {
    if (typeof context !== 'object' || context === null) return NO_CONTEXT;
    if (Array.isArray(context) || ArrayBuffer.isView(context)) return NO_CONTEXT;
    return plainProperties(context, (text, maxLength) => this.#texts.clean(text, maxLength));
  }

  /** Callers without types give anything. */
  #requestOf(request: ErrorRequest): ErrorRequest {
    if (request === NO_REQUEST) return request;
    const { id, operation, userId, agentId, status } = request;
    const kept: Draft<ErrorRequest> = {};
    if (typeof id === 'string') kept.id = ownText(id, MOST_NAME_LENGTH);
    if (typeof operation === 'string') kept.operation = this.#texts.clean(operation, MOST_NAME_LENGTH);
    if (typeof userId === 'string') kept.userId = ownText(userId, MOST_NAME_LENGTH);
    if (typeof agentId === 'string') kept.agentId = ownText(agentId, MOST_NAME_LENGTH);
    if (typeof status === 'number' && Number.isInteger(status)) kept.status = status;
    return Object.freeze(kept);
  }
}

/** What breadcrumbs are put together by: a trace may have several requests in one process. */
export function scopeOf({ trace, request }: Pick<Sighting, 'trace' | 'request'>): string | undefined {
  return request.id ?? trace?.traceId;
}
