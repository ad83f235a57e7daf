import { LEFT_OUT } from './leftOut.ts';

/** More parameters than this are not named. */
const MAX_PARAMETERS = 64;
/** No scheme is longer that anybody has heard of. */
const MAX_SCHEME_LENGTH = 20;

/**
 * A URL, or the path and query of one, without user name and password, without the values of its query and without its
 * fragment: `https://host/path?token=?`. Any text is taken; time is in proportion to its length.
 */
export function redactUrl(url: string): string {
  const queryAt = firstOf(url, '?', '#');
  const place = withoutCredentials(url.slice(0, queryAt));
  return url[queryAt] === '?' ? `${place}?${redactQuery(url.slice(queryAt + 1))}` : place;
}

/**
 * The names of a query's parameters with `?` for each value: `token=?&page=?`. Of a parameter that is but one word, with or
 * without an equals sign behind it, nobody can tell which it is: it is left out as well.
 */
export function redactQuery(query: string): string {
  const text = query.startsWith('?') ? query.slice(1) : query;
  const fragmentAt = text.indexOf('#');
  const parameters = (fragmentAt === -1 ? text : text.slice(0, fragmentAt)).split('&', MAX_PARAMETERS + 1);
  const named = parameters.slice(0, MAX_PARAMETERS).map(redactParameter).join('&');
  const redacted = parameters.length > MAX_PARAMETERS ? `${named}&…` : named;
  return query.startsWith('?') ? `?${redacted}` : redacted;
}

function redactParameter(parameter: string): string {
  if (parameter === '') return '';
  const equals = parameter.indexOf('=');
  const isOneWord = equals === -1 || equals === parameter.length - 1;
  return isOneWord ? LEFT_OUT : `${parameter.slice(0, equals)}=${LEFT_OUT}`;
}

/**
 * A text in which every URL is redacted as `redactUrl` does it: the messages of errors quote the URL that could not be
 * used.
 */
export function redactUrlsIn(text: string): string {
  let redacted = '';
  let from = 0;
  for (let colon = text.indexOf('://'); colon !== -1; colon = text.indexOf('://', from)) {
    const start = schemeStart(text, colon, from);
    const end = urlEnd(text, colon + 3);
    redacted += text.slice(from, start) + redactUrl(text.slice(start, end));
    from = end;
  }
  return redacted + text.slice(from);
}

function schemeStart(text: string, colon: number, earliest: number): number {
  let at = colon;
  const limit = Math.max(earliest, colon - MAX_SCHEME_LENGTH);
  while (at > limit && /[a-z0-9+.-]/i.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function urlEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s"'<>`]/.test(text.charAt(at))) at += 1;
  return at;
}

/** A URL may stand behind another: that of a request to a proxy, or of one that could not be read. */
function withoutCredentials(url: string): string {
  if (!url.includes('@')) return url;
  const [scheme = '', ...rest] = url.split('://');
  return [scheme, ...rest.map(withoutUserInfo)].join('://');
}

/** The last `@` before the path ends user name and password, as URLs are read. */
function withoutUserInfo(afterScheme: string): string {
  const at = afterScheme.lastIndexOf('@', authorityEnd(afterScheme) - 1);
  return afterScheme.slice(at + 1);
}

/**
 * Where the authority ends: at the first slash, unless what is before it is no host and port. Then a slash belongs to a
 * password that nobody encoded, and all before the last `@` with it.
 */
function authorityEnd(afterScheme: string): number {
  const slash = firstOf(afterScheme, '/', '\\');
  const authority = afterScheme.slice(0, slash);
  const colon = authority.lastIndexOf(':');
  const isPort = colon === -1 || authority.endsWith(']') || /^\d*$/.test(authority.slice(colon + 1));
  return isPort || authority.includes('@') ? slash : afterScheme.length;
}

function firstOf(text: string, one: string, other: string): number {
  const first = text.indexOf(one);
  const second = text.indexOf(other);
  if (first === -1) return second === -1 ? text.length : second;
  return second === -1 ? first : Math.min(first, second);
}
