import { types } from 'node:util';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { Breadcrumb } from '../capturedError.ts';
import { CleanTexts } from './cleanTexts.ts';
import { type BreadcrumbCleaner, KeptBreadcrumb } from './keptBreadcrumb.ts';
import { NO_PROPERTIES, plainProperties } from './plainProperties.ts';

const DEFAULT_LIMIT = 100;
/** Many traces go on at once, and each is to have its own. */
const KEPT_FOR_EACH_SHOWN = 20;
const MOST_KIND_LENGTH = 50;
const MOST_MESSAGE_LENGTH = 1024;
/** How long messages are kept as they came, in milliseconds; where there are many then, so many are cleaned in each turn. */
const CLEANED_AFTER_MILLIS = 1000;
const CLEANED_AT_ONCE = 200;
const NONE: readonly KeptBreadcrumb[] = [];

/** What breadcrumbs need. */
export interface BreadcrumbsOptions {
  readonly host: Pick<HostProcess, 'wallMillis' | 'schedule'>;
  /** Takes out of a text what must not be kept. */
  readonly redactText: (text: string) => string;
  /**
   * How many are shown with an error: a whole number, at least 1. Twenty times as many are kept, the newest ones of all.
   * @defaultValue 100
   */
  readonly limit?: number;
}

/**
 * What happened, to be shown with an error that comes after it. What happened in a trace is shown with errors of that trace;
 * what happened in none, at a timer for example, with all errors. A ring: the oldest one makes room for a new one.
 */
export class Breadcrumbs {
  readonly #host: BreadcrumbsOptions['host'];
  readonly #texts: CleanTexts;
  readonly #cleaner: BreadcrumbCleaner;
  readonly #limit: number;
  readonly #ring: KeptBreadcrumb[] = [];
  /** Where the next one goes, once the ring is full. */
  #next = 0;
  readonly #byScope = new Map<string | undefined, KeptBreadcrumb[]>();
  /** Those of no scope, and the newest of all, as they were told last: in a flood of errors they are asked for with each. */
  #shared: readonly Breadcrumb[] | undefined;
  #newest: readonly Breadcrumb[] | undefined;
  /** Whether messages are to be cleaned, for which a timer is set. */
  #isToClean = false;

  constructor({ host, redactText, limit = DEFAULT_LIMIT }: BreadcrumbsOptions) {
    this.#host = host;
    const texts = new CleanTexts(redactText);
    const clean = (text: string, maxLength: number): string => texts.clean(text, maxLength);
    this.#texts = texts;
    this.#cleaner = {
      message: (message) => texts.clean(message, MOST_MESSAGE_LENGTH),
      data: (data) => plainProperties(data, clean),
    };
    this.#limit = limit;
  }

  /**
   * Notes what happens now. Redacted before it is shown: texts by what is in them, data also by its keys. Kinds are cut to 50
   * characters, messages to 1024; of the data, 20 plain values are kept. Never throws, whatever it is given.
   *
   * A message, and data that are frozen, are redacted when they are asked for, and a second later at the latest: of thousands
   * of log lines a second most have made room by then, and logging is not to wait for it.
   *
   * @param scope - the trace or request that it happens in
   */
  add(kind: string, message: string, data?: object, scope?: string): void {
    const noted = {
      atMillis: this.#host.wallMillis(),
      kind: this.#text(kind, MOST_KIND_LENGTH),
      scope,
    };
    const crumb = new KeptBreadcrumb(noted, this.#message(message), this.#data(data));
    this.#forget(this.#ring[this.#next]);
    this.#ring[this.#next] = crumb;
    this.#next = (this.#next + 1) % (this.#limit * KEPT_FOR_EACH_SHOWN);
    const ofScope = this.#byScope.get(scope);
    if (ofScope === undefined) this.#byScope.set(scope, [crumb]);
    else ofScope.push(crumb);
    if (scope === undefined) this.#shared = undefined;
    this.#newest = undefined;
    this.#cleanIn(CLEANED_AFTER_MILLIS);
  }

  /**
   * Those of a scope, and of those of none the newest that there is room for besides; without a scope the newest of all. The
   * oldest first. Frozen.
   */
  recent(scope?: string): readonly Breadcrumb[] {
    if (scope === undefined) return (this.#newest ??= this.#shown(this.#newestOfAll()));
    const own = this.#byScope.get(scope)?.slice(-this.#limit);
    if (own === undefined) return (this.#shared ??= this.#shown(this.#ofNone(this.#limit)));
    const others = this.#ofNone(this.#limit - own.length);
    return this.#shown([...others, ...own].sort((first, second) => first.noted.atMillis - second.noted.atMillis));
  }

  #ofNone(most: number): readonly KeptBreadcrumb[] {
    return most === 0 ? NONE : (this.#byScope.get(undefined) ?? NONE).slice(-most);
  }

  /** It is the oldest of all, and so of its scope. */
  #forget(oldest: KeptBreadcrumb | undefined): void {
    const ofScope = oldest && this.#byScope.get(oldest.noted.scope);
    if (ofScope === undefined) return;
    ofScope.shift();
    if (ofScope.length === 0) this.#byScope.delete(oldest?.noted.scope);
    if (oldest?.noted.scope === undefined) this.#shared = undefined;
  }

  #shown(crumbs: readonly KeptBreadcrumb[]): readonly Breadcrumb[] {
    return Object.freeze(crumbs.map((crumb) => crumb.shown(this.#cleaner)));
  }

  #cleanIn(delayMillis: number): void {
    if (this.#isToClean) return;
    this.#isToClean = true;
    this.#host.schedule(() => {
      this.#isToClean = false;
      const unclean = this.#ring.filter((crumb) => !crumb.isClean);
      for (const crumb of unclean.slice(0, CLEANED_AT_ONCE)) crumb.clean(this.#cleaner);
      if (unclean.length > CLEANED_AT_ONCE) this.#cleanIn(0);
    }, delayMillis);
  }

  /** A long one is cut at once: it would be all in memory until then. Callers without types give anything. */
  #message(given: unknown): string {
    if (typeof given !== 'string') return '';
    return given.length > MOST_MESSAGE_LENGTH ? this.#cleaner.message(given) : given;
  }

  /** What is not frozen may be something else later. */
  #data(given: unknown): object {
    if (typeof given !== 'object' || given === null || Array.isArray(given) || types.isProxy(given))
      return NO_PROPERTIES;
    return Object.isFrozen(given) ? given : this.#cleaner.data(given);
  }

  /** Those before the place of the next one; where they are too few, before them the last ones of a ring that is full. */
  #newestOfAll(): readonly KeptBreadcrumb[] {
    const since = this.#ring.slice(Math.max(0, this.#next - this.#limit), this.#next);
    const missing = this.#limit - since.length;
    return missing === 0 ? since : [...this.#ring.slice(this.#next).slice(-missing), ...since];
  }

  /** Callers without types give anything. */
  #text(given: unknown, maxLength: number): string {
    return typeof given === 'string' ? this.#texts.clean(given, maxLength) : '';
  }
}
