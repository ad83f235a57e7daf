import { inspect } from 'node:util';
import { MASK } from '../../../core/secret.ts';

const SECRET_WORDS =
  /passw|passphrase|pwd|secret|token|credential|cookie|bearer|signature|auth(?!or)|(?:api|access|private)[-_. ]?key/i;
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 200;

/** Whether a value is better not shown, going by its name: `db.password`, `apiKey`, `authorization`. */
export function looksSecret(name: string): boolean {
  return SECRET_WORDS.test(name);
}

/** A value as a list of settings shows it: what its name or its form makes a secret is masked. */
export function maskedText(name: string, value: unknown): string {
  if (looksSecret(name)) return MASK;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => maskedText('', item)).join(', ');
  return typeof value === 'string' ? maskUrls(value) : quoted(name, value);
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
  if (typeof value === 'string') return maskUrls(value);
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
 * Text without the user name and password of an URL, and without what the names in its query make a secret. Where the
 * text is not one URL beyond doubt, all up to the last `@` goes: a password with a slash in it may be what made it none.
 */
export function maskUrls(text: string): string {
  const [, scheme = '', authority = '', rest = ''] = /^(https?:\/\/)([^/?#\s\\]*)([^@\s]*)$/i.exec(text) ?? [];
  const isOneUrl = scheme !== '' && !rest.includes('//') && URL.canParse(text);
  if (!isOneUrl) return maskQuery(text.replace(/\/\/.*@/gs, `//${MASK}@`));
  return maskQuery(`${scheme}${authority.replace(/^.*@/s, `${MASK}@`)}${rest}`);
}

function maskQuery(text: string): string {
  return text.replaceAll(/([?&;])([^=&;#\s]*)=([^&;#\s]*)/g, (pair, mark: string, name: string) =>
    looksSecret(name) ? `${mark}${name}=${MASK}` : pair,
  );
}

/** `key=value` as it may be shown. */
export function maskedPair(pair: string): string {
  const separator = pair.indexOf('=');
  const key = separator < 0 ? pair : pair.slice(0, separator);
  return separator >= 0 && looksSecret(key) ? `${key}=${MASK}` : pair;
}
