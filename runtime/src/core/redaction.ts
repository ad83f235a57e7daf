import { types } from 'node:util';
import { isSensitiveKey } from './sensitiveKey.ts';
import { isNativeError } from './thrown/isNativeError.ts';
import { describeOpaque } from './valueShape.ts';

/** What stands in the place of a value whose key says that it is a secret. */
export const REDACTED = '[redacted]';

/** What stands in the place of a value that throws when it is read. */
export const UNREADABLE = '[unreadable]';

/** How much of a value is shown. */
export interface RedactionLimits {
  /**
   * Characters (UTF-16 code units) of the text, its end mark included; at least 1.
   * @defaultValue 1024
   */
  readonly maxLength?: number;
  /**
   * How many objects deep; what lies deeper is shown as `[…]`.
   * @defaultValue 4
   */
  readonly maxDepth?: number;
  /**
   * Entries of each array or object; how many more there are is said.
   * @defaultValue 20
   */
  readonly maxEntries?: number;
}

/**
 * A value as a text to show to people: JSON, near enough, without what a key like `password`, `authorization` or
 * `cardNumber` keeps (see `isSensitiveKey`). A string, a date and what an error says are shown without quotes. It judges
 * keys, not texts: a secret in a sentence stays.
 *
 * Never throws, whatever it is given: cycles, Proxies, getters, BigInt, symbols. Runs no code of the value's: getters are
 * named, not called, and so is `toJSON`. The work is bounded by the limits and not by the size of the value, but for the
 * list of an object's keys.
 */
export function redactedText(value: unknown, limits: RedactionLimits = {}): string {
  const { maxLength = 1024, maxDepth = 4, maxEntries = 20 } = limits;
  const plain = plainText(value);
  if (plain !== undefined) return cutText(plain, maxLength);
  const writer = new RedactingWriter({ maxLength, maxDepth, maxEntries });
  writer.write(value);
  return cutText(writer.text, maxLength);
}

/** The text, or its beginning and `…` where it has more than `maxLength` characters. No character is cut in two. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = isHighSurrogate(text.charCodeAt(maxLength - 2)) ? maxLength - 2 : maxLength - 1;
  return `${text.slice(0, end)}…`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

class RedactingWriter {
  text = '';
  readonly #limits: Required<RedactionLimits>;
  readonly #ancestors: object[] = [];

  constructor(limits: Required<RedactionLimits>) {
    this.#limits = limits;
  }

  write(value: unknown): void {
    const plain = plainText(value);
    if (plain !== undefined) this.text += this.#quoted(plain);
    else if (typeof value === 'object' && value !== null) this.#writeObject(value);
    else if (typeof value === 'function') this.text += '[function]';
    else if (typeof value === 'bigint') this.text += this.#bigint(value);
    else this.text += String(value);
  }

  #writeObject(value: object): void {
    const opaque = describeOpaque(value);
    if (opaque !== undefined) this.text += `[${opaque}]`;
    else if (this.#ancestors.includes(value)) this.text += '[cycle]';
    else if (this.#ancestors.length >= this.#limits.maxDepth) this.text += '[…]';
    else {
      this.#ancestors.push(value);
      if (Array.isArray(value)) this.#writeArray(value);
      else this.#writeProperties(value);
      this.#ancestors.pop();
    }
  }

  #writeArray(array: readonly unknown[]): void {
    this.text += '[';
    const count = Math.min(array.length, this.#limits.maxEntries);
    for (let index = 0; index < count && !this.#isFull(); index += 1) {
      if (index > 0) this.text += ',';
      this.#writeOwn(array, String(index));
    }
    this.#writeRest(array.length - count);
    this.text += ']';
  }

  #writeProperties(object: object): void {
    this.text += '{';
    const keys = Object.keys(object);
    const shown = keys.slice(0, this.#limits.maxEntries);
    for (const [index, key] of shown.entries()) {
      if (this.#isFull()) return;
      if (index > 0) this.text += ',';
      this.text += `${this.#quoted(key)}:`;
      if (isSensitiveKey(key)) this.text += `"${REDACTED}"`;
      else this.#writeOwn(object, key);
    }
    this.#writeRest(keys.length - shown.length);
    this.text += '}';
  }

  #writeOwn(object: object, key: string): void {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined) this.text += '[empty]';
    else if (descriptor.get !== undefined || descriptor.set !== undefined) this.text += '[getter]';
    else this.write(descriptor.value);
  }

  #writeRest(count: number): void {
    if (count > 0) this.text += `,[${count} more]`;
  }

  /** A text is cut before it is quoted: the work is to be bounded by what is shown of it. */
  #quoted(text: string): string {
    return JSON.stringify(cutText(text, this.#limits.maxLength));
  }

  /** Making digits of a large BigInt takes time that grows with the square of their number. */
  #bigint(value: bigint): string {
    return BigInt.asIntN(1024, value) === value ? `${value}n` : '[bigint]';
  }

  #isFull(): boolean {
    return this.text.length > this.#limits.maxLength;
  }
}

/** The value, where it is a text or has one that says all of it. */
function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (types.isDate(value)) return dateText(value);
  return isNativeError(value) ? errorText(value) : undefined;
}

/** Methods of the date's own may be anything. */
function dateText(date: Date): string {
  // eslint-disable-next-line no-restricted-globals -- writes a date; no clock is read
  const millis = Date.prototype.getTime.call(date);
  // eslint-disable-next-line no-restricted-globals -- likewise
  return Number.isNaN(millis) ? 'Invalid Date' : new Date(millis).toISOString();
}

/** What an error says: its message is no property that would be listed. */
function errorText(error: Error): string {
  const message: unknown = Object.getOwnPropertyDescriptor(error, 'message')?.value;
  return typeof message === 'string' ? `${errorName(error)}: ${message}` : errorName(error);
}

function errorName(error: Error): string {
  for (let owner: unknown = error; typeof owner === 'object' && owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (types.isProxy(owner)) break;
    const name: unknown = Object.getOwnPropertyDescriptor(owner, 'name')?.value;
    if (typeof name === 'string') return name;
  }
  return 'Error';
}
