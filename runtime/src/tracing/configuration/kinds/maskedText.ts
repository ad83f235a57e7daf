import { inspect } from 'node:util';
import { MASK } from '../../../core/secret.ts';
import { isSensitiveKey } from '../../../core/sensitiveKey.ts';

// A header is there to be shown to somebody, whatever its name.
const HEADERS = /header/i;
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 200;

/** Whether a value is better not shown, going by its name: `db.password`, `apiKey`, `authorization`. */
function looksSecret(name: string): boolean {
  return isSensitiveKey(name) || HEADERS.test(name);
}

/** A value as a list of settings shows it: what its name or its form makes a secret is masked. */
export function maskedText(name: string, value: unknown): string {
  if (looksSecret(name)) return MASK;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => maskedText('', item)).join(', ');
  return typeof value === 'string' ? maskedSecrets(value) : quoted(name, value);
}

/** A value as a problem shows it: text in quotes, secrets masked, the whole of a bearable length. */
export function quoted(name: string, value: unknown): string {
  if (looksSecret(name)) return MASK;
  try {
    return inspect(masked(value, 0), { depth: 1, breakLength: Infinity, maxStringLength: MOST_CHARACTERS });
  } catch {
    return 'a value that cannot be read';
  }
}

/** A copy, as deep as it is shown, in which secrets are masked. */
function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskedSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!isPlain(value) || depth > 2) return Object.prototype.toString.call(value);
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => masked(item, depth + 1));
  const entries = Object.entries<unknown>({ ...value }).slice(0, MOST_ITEMS);
  return Object.fromEntries(entries.map(([key, item]) => [key, looksSecret(key) ? MASK : masked(item, depth + 1)]));
}

/** What comes out of JSON or a literal. Others show what nobody expects: a `Map` its keys, an error its stack. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

/**
 * Text without what its form makes a secret: the user name and password of an address, with a scheme or without, the
 * values of a query, and what stands behind `Bearer`, `Basic` or a name that makes it a secret. Where the text is not one
 * URL beyond doubt, all up to the last `@` goes: a password with a slash in it may be what made it none.
 */
export function maskedSecrets(text: string): string {
  const [, scheme = '', authority = '', path = '', query = ''] = URL_PARTS.exec(text) ?? [];
  const isOneUrl = scheme !== '' && !`${path}${query}`.includes('//') && URL.canParse(text);
  if (isOneUrl) return `${scheme}${authority.replace(/^.*@/s, `${MASK}@`)}${maskedPairs(path)}${maskedQuery(query)}`;
  const cut = withSecretCutOff(text);
  // Which part of the text the `@` is in, nobody knows.
  if (cut !== text && text.includes('@')) return MASK;
  const shown = cut.includes('@')
    ? cut.replace(USER_INFO, (_, start: string | undefined) => `${start ?? ''}${MASK}@`)
    : cut;
  return maskedPairs(shown);
}

const URL_PARTS = /^(https?:\/\/)([^/?#\s\\]*)([^@\s?#]*)([^@\s]*)$/i;
// An `@` at the beginning of an item of a list is that of a package.
const USER_INFO = /^((?:endpoint=)?https?:\/\/)?.*(?:[:/].*|[^\s,])@/is;

function maskedPairs(text: string): string {
  return text.replaceAll(/([?&;][^=&;#\s]*=)[^&;#\s]*/g, `$1${MASK}`);
}

/** What has no name may be a value. */
function maskedQuery(query: string): string {
  return query.replaceAll(/([?&;#][^=&;#]*=|[?&;#])[^&;#]+/g, `$1${MASK}`);
}

/** `authorization: Basic …`, `Bearer …`: nobody knows where such a value ends. A name is looked for from its beginning only: a long text takes its square else. */
function withSecretCutOff(text: string): string {
  for (const { 0: start, 1: name = '', index } of text.matchAll(
    /(?<![\w.-])([\w.-]+)\s*[=:]\s*|\b(?:bearer|basic)\s+/gi,
  ))
    if (name === '' || looksSecret(name)) return `${text.slice(0, index)}${start}${MASK}`;
  return text;
}

/** `key=value` as it may be shown. */
export function maskedPair(pair: string): string {
  const separator = pair.indexOf('=');
  const key = separator < 0 ? pair : pair.slice(0, separator);
  return separator >= 0 && looksSecret(key) ? `${key}=${MASK}` : pair;
}
