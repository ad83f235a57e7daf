import { hash } from 'node:crypto';
import { TextCache } from '../capture/textCache.ts';
import type { ErrorFacts, StackFrame } from '../errorFacts.ts';
import { classLabel, functionLabel } from './functionLabel.ts';
import { messageTemplate } from './messageTemplate.ts';
import { MessageVariety } from './messageVariety.ts';
import { throwSite, type ThrowSite } from './throwSite.ts';

const ID_LENGTH = 16;
const CACHE_LIMITS = { maxEntries: 2000, maxCharacters: 500_000 };
const MOST_FILES_WITHOUT = 1000;
/** As much of a message that is JSON is looked at. */
const MOST_JSON_READ = 4096;
const MOST_PARTS = 16;
const LONGEST_PART = 256;
const SEPARATOR = '\u0000';
/** What one function throws of one class and code is not worded in more ways than that; words that differ more are values. */
const MOST_MESSAGES = 25;
/** The same of all that a package, or functions without names, throw of one class and code. */
const MOST_MESSAGES_OF_MANY = 100;
/** The runtime's own class for requests of which nobody said what was thrown. */
const REQUEST_FAILED = 'RequestFailedError';
const SITE = 'site';
const DEFAULT_PART = /\{\{ ?default ?\}\}/g;

/** Which group an error is in. */
export interface Fingerprint {
  /** 16 hexadecimal digits, the same in every process and release. */
  readonly id: string;
  /** The innermost of the application's calls: `src/orders.ts:12 total`; `undefined` where there is none. */
  readonly culprit: string | undefined;
}

/** What messages are counted by. */
interface SiteOfMessages {
  readonly key: string;
  readonly mostMessages: number;
}

/** What an `ErrorGrouper` can do with. */
export interface ErrorGrouperOptions {
  /**
   * The frames of a stack of a minified file as its source map tells them, at once; `undefined` where no map is at hand. Asked
   * once for each stack.
   */
  readonly originalFrames?: (frames: readonly StackFrame[]) => readonly StackFrame[] | undefined;
}

/**
 * Tells which errors are the same error. It goes by the innermost cause that has the application's code in its stack: its
 * class, code, HTTP status, what its message says without values (`messageTemplate`), and the function and module it comes
 * from (`throwSite`), and by class, code and message of the innermost cause of all. Of an error without a place whose message
 * is JSON the words in it count. Lines, columns, callers, hashes of builds, hosts' addresses, identifiers and whatever wraps
 * the cause do not count.
 *
 * Where that function has no name and none of its file called it, as with handlers that a framework calls, the operation of
 * the request counts, too: the same function in two operations is two groups then. A request that failed without anything
 * that was thrown counts by operation and status.
 *
 * Where a file is minified, frames count as `originalFrames` tells them, so that they make the same group as those of the
 * source. Without it the names of methods count, which minifiers keep: two minified builds make one group, but not the one of
 * the source. Whether a file has originals is settled by its first error: its groups do not change when a map is read later.
 *
 * Values that are plain words (`User ada not found`) are not known from those of the program: the first 25 messages of one
 * class, code, status and function are groups, in the order in which they come to this process; all others are one more,
 * which is the same in every process. Of what has no named function of the application's it is 100. A group that there is
 * stays; of 500 such places, those that were asked for last, it is remembered which they are.
 *
 * What it works out is kept in bounded caches of its own. Never throws.
 */
export class ErrorGrouper {
  readonly #originalFrames: ErrorGrouperOptions['originalFrames'];
  /** Minified files of which an error came when no map of theirs was at hand. */
  readonly #withoutOriginals = new Set<string>();
  readonly #sites = new WeakMap<readonly StackFrame[], ThrowSite>();
  readonly #templates = new TextCache<string>(CACHE_LIMITS);
  readonly #ids = new TextCache<string>(CACHE_LIMITS);
  readonly #variety = new MessageVariety(idOfKey);

  constructor({ originalFrames }: ErrorGrouperOptions = {}) {
    this.#originalFrames = originalFrames;
  }

  /**
   * @param operation the operation of the request that was worked on: it tells places apart that no function names
   * @param custom what the application groups by instead, 16 texts of 256 characters at most; `{{default}}` in them stands for
   * the group the error would be in otherwise
   */
  fingerprintOf(error: ErrorFacts, custom?: readonly string[], operation?: string): Fingerprint {
    const root = this.#innermost(error);
    const counted = this.#counted(error, root);
    const site = this.#siteOf(counted.frames);
    const place = this.#placeOf(counted, site, operation) || this.#siteOf(root.frames).key;
    const key = this.#keyOf(counted) + SEPARATOR + (place === '' ? jsonWords(counted.message) : place);
    const wholeKey = root === counted ? key : key + SEPARATOR + this.#keyOf(root);
    const id =
      this.#ids.get(wholeKey) ??
      this.#newId(wholeKey, {
        key: [SITE, kindKey(counted), place, ...(root === counted ? [] : [kindKey(root)])].join(SEPARATOR),
        mostMessages:
          site.isNamed || (site.isInApplication && operation !== undefined) ? MOST_MESSAGES : MOST_MESSAGES_OF_MANY,
      });
    return { id: custom === undefined ? id : this.#customId(id, custom), culprit: site.culprit };
  }

  /** The innermost with the application's code in its stack; where none has, the outermost that says anything. */
  #counted(error: ErrorFacts, root: ErrorFacts): ErrorFacts {
    for (let index = error.causes.length - 1; index >= 0; index -= 1) {
      const cause = error.causes[index];
      if (cause !== undefined && this.#siteOf(cause.frames).isInApplication) return cause;
    }
    const saysNothing = error.message === '' && error.errors.length > 0;
    return saysNothing && !this.#siteOf(error.frames).isInApplication ? root : error;
  }

  /**
   * The last of the causes. Of several errors that are thrown as one by what is not the application's, as connecting to a
   * host with two addresses and `Promise.any` do, it is the first.
   */
  #innermost(error: ErrorFacts): ErrorFacts {
    const last = error.causes.at(-1) ?? error;
    const aggregated = last.errors[0];
    if (aggregated === undefined) return last;
    return last.message === '' || !this.#siteOf(last.frames).isInApplication
      ? (aggregated.causes.at(-1) ?? aggregated)
      : last;
  }

  /**
   * A request that failed without anything that was thrown is that operation's. Of what no frame is the application's the
   * operation does not count: a database that is down is one error, whoever asks it.
   */
  #placeOf({ type, properties }: ErrorFacts, site: ThrowSite, operation: string | undefined): string {
    const { operation: failed } = properties;
    if (type === REQUEST_FAILED && typeof failed === 'string') return failed;
    return site.isNamed || !site.isInApplication || operation === undefined
      ? site.key
      : `${site.key}${SEPARATOR}${operation}`;
  }

  #siteOf(frames: readonly StackFrame[]): ThrowSite {
    const known = this.#sites.get(frames);
    if (known !== undefined) return known;
    const site = throwSite(frames);
    const original = site.minifiedFile === undefined ? undefined : this.#originalsOf(frames, site.minifiedFile);
    const shown = original === undefined ? site : throwSite(withoutMadeUpNames(original, frames));
    this.#sites.set(frames, shown);
    return shown;
  }

  #originalsOf(frames: readonly StackFrame[], file: string): readonly StackFrame[] | undefined {
    if (this.#originalFrames === undefined || this.#withoutOriginals.has(file)) return undefined;
    let original: readonly StackFrame[] | undefined;
    try {
      original = this.#originalFrames(frames);
    } catch {
      // As if there were none: it is not this error's fault.
    }
    if (original === undefined && this.#withoutOriginals.size < MOST_FILES_WITHOUT) this.#withoutOriginals.add(file);
    return original;
  }

  #keyOf(error: ErrorFacts): string {
    return kindKey(error) + SEPARATOR + this.#templateOf(error.message);
  }

  /** Messages with digits are mostly other ones each time: to keep them takes longer than to read them again. */
  #templateOf(message: string): string {
    if (/\d/.test(message)) return messageTemplate(message);
    const known = this.#templates.get(message);
    if (known !== undefined) return known;
    const template = messageTemplate(message);
    this.#templates.set(message, template);
    return template;
  }

  #newId(key: string, { key: siteKey, mostMessages }: SiteOfMessages): string {
    const own = idOfKey(key);
    const id = this.#variety.groupAt(siteKey, own, mostMessages);
    // A flood of names is not to push out what comes again.
    if (id === own) this.#ids.set(key, id);
    return id;
  }

  #rememberedId(key: string): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = idOfKey(key);
    this.#ids.set(key, id);
    return id;
  }

  #customId(id: string, custom: readonly string[] | undefined): string {
    const parts = customParts(custom, id);
    if (parts.length === 0 || (parts.length === 1 && parts[0] === id)) return id;
    return this.#rememberedId(['custom', ...parts].join(SEPARATOR));
  }
}

/** A short name that is the same behind a map is one that the map does not know: the minifier's. */
function withoutMadeUpNames(original: readonly StackFrame[], minified: readonly StackFrame[]): readonly StackFrame[] {
  return original.map((frame, index) => {
    const { functionName, ...nameless } = frame;
    const isKept = functionName === undefined || functionName !== minified[index]?.functionName;
    return isKept || functionLabel(functionName, 'minified') !== '' ? frame : nameless;
  });
}

/**
 * What a message says that is nothing but JSON, of an error without a place: that of zod, which makes errors without a stack
 * where they are returned and not thrown, is a list of what is wrong where. Its words count, without values as ever.
 */
function jsonWords(message: string): string {
  if (!/^\s*[[{]/.test(message)) return '';
  return messageTemplate(message.slice(0, MOST_JSON_READ).replace(/["[\]{}\s]+/g, ' '));
}

/** What the application gave may be anything, and may throw when it is read. */
function customParts(custom: unknown, id: string): readonly string[] {
  const parts: string[] = [];
  try {
    const given: readonly unknown[] = Array.isArray(custom) ? custom : [];
    for (let index = 0; index < given.length && index < MOST_PARTS; index += 1) {
      const part = given[index];
      if (typeof part === 'string') parts.push(part.slice(0, LONGEST_PART).replace(DEFAULT_PART, id));
    }
    return parts;
  } catch {
    return [];
  }
}

function idOfKey(key: string): string {
  return hash('sha256', key, 'hex').slice(0, ID_LENGTH);
}

/** What an error is by its class, code and status. */
function kindKey(error: ErrorFacts): string {
  return `${typeLabel(error)}${SEPARATOR}${error.code ?? ''}${SEPARATOR}${error.status ?? ''}`;
}

/** A class's name; where a minifier has shortened it, that of the class it extends. */
function typeLabel({ type, classes }: ErrorFacts): string {
  const own = classLabel(type);
  if (own !== undefined) return own;
  for (const name of classes) {
    const label = classLabel(name);
    if (label !== undefined) return label;
  }
  return type;
}
