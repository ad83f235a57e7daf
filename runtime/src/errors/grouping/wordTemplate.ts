/** What stands for a value that differs from one event to the next. */
export const VALUE = '*';

const NUMBER = /^[#$-]?\d+$/;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const QUANTITY = /^[-+]?[\d.,:_]+(?:e[-+]?\d+)?[a-zµ%]{0,3}$/i;
const DATE = /^\d{2,4}[-/]\d{1,2}[-/]\d{1,4}/;
/** With the port, where there is one: Node writes `::1:5432`. */
const ADDRESS = /^(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{0,40}::[0-9a-f:]{0,40}?)(?::(\d{2,5}))?$/i;
const IP6 = /^(?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]*/i;
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const HEXADECIMAL = /^(?:0x)?[0-9a-f]+$/i;
/** What is before it are digits, signs and points. */
const COLON = 0x3a;
/** Linux' first one; others begin at 49,152. */
const FIRST_EPHEMERAL_PORT = 32_768;
const LONGEST_WORD = 200;
const SHORTEST_ID = 16;
const SHORTEST_HASH = 6;

/**
 * A word of a message without what is particular to one event: numbers, dates, identifiers, addresses, e-mails and paths
 * become `*`; of a URL scheme, host and the words of its path stay. Names of codes (`ERR_HTTP2_STREAM_ERROR`) stay as they
 * are. A word is what has no spaces, quotes or brackets in it. Takes time in proportion to its length.
 */
export function wordTemplate(word: string): string {
  if (NUMBER.test(word)) return VALUE;
  if (word.length > LONGEST_WORD && !word.includes('://')) return VALUE;
  const scheme = word.indexOf('://');
  if (scheme > 0) return urlTemplate(word, scheme);
  if (word.indexOf('@') > 0) return VALUE;
  if (isPath(word)) return VALUE;
  // `Route GET:/orders/17 not found`: whoever asks for what there is not makes up any path.
  const route = /^[A-Z]{3,7}:(?=\/)/.exec(word);
  if (route !== null) return route[0] + VALUE;
  const hasColon = word.includes(':');
  if (!/\d/.test(word)) return hasColon && IP6.test(word) ? VALUE : word;
  const isNumeric = word.charCodeAt(0) <= COLON;
  const address = isNumeric || hasColon ? ADDRESS.exec(word) : null;
  if (address !== null) return VALUE + portTemplate(address[1]);
  if (isNumeric && (QUANTITY.test(word) || DATE.test(word))) return VALUE;
  if ((word.length >= 32 && UUID.test(word)) || (hasColon && IP6.test(word))) return VALUE;
  if (CONSTANT.test(word) && !/\d{3}/.test(word)) return word;
  return mixedTemplate(word);
}

/** A scheme and a host of a connection that fails is another error; what was asked of it is not. */
function urlTemplate(word: string, scheme: number): string {
  const rest = word.slice(scheme + 3, scheme + 3 + LONGEST_WORD);
  const pathStart = rest.search(/[/?#]/);
  const authority = pathStart < 0 ? rest : rest.slice(0, pathStart);
  const path = pathStart < 0 ? '' : (rest.slice(pathStart).split(/[?#]/, 1)[0] ?? '');
  const [, host = '', port] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
  const segments = path.split('/').map((segment) => (/^[a-z_-]{0,24}$/i.test(segment) ? segment : VALUE));
  const shownPath = segments.join('/').replace(/\/$/, '');
  return `${word.slice(0, scheme)}://${host === '' ? '' : wordTemplate(host)}${portTemplate(port)}${shownPath}`;
}

/** A port tells services apart, which keep it wherever they run; but not one that the system gave for a while. */
function portTemplate(port: string | undefined): string {
  return port !== undefined && port !== '' && Number(port) < FIRST_EPHEMERAL_PORT ? `:${port}` : '';
}

/** Paths that begin at a root are those of one machine. */
function isPath(word: string): boolean {
  return word.length > 1 && /^(?:\/[^/]|~\/|\.{1,2}[/\\]|[a-z]:[/\\]|\\\\)/i.test(word);
}

function mixedTemplate(word: string): string {
  let template = '';
  let start = 0;
  for (let at = 0; at < word.length; at += 1) {
    if (!'.:/\\'.includes(word.charAt(at))) continue;
    template += partTemplate(word.slice(start, at)) + word.charAt(at);
    start = at + 1;
  }
  return (template + partTemplate(word.slice(start))).replace(/\*(?:[.:]?\*)+/g, VALUE);
}

/** A part between dots, colons and slashes. */
function partTemplate(part: string): string {
  let digits = 0;
  let runs = 0;
  let isInRun = false;
  for (let at = 0; at < part.length; at += 1) {
    const code = part.charCodeAt(at);
    const isDigit = code >= 0x30 && code < COLON;
    if (isDigit) digits += 1;
    if (isDigit && !isInRun) runs += 1;
    isInRun = isDigit;
  }
  if (digits === 0) return part;
  if (part.length >= SHORTEST_ID && digits >= 2) return VALUE;
  if (part.length >= SHORTEST_HASH && (runs >= 3 || HEXADECIMAL.test(part))) return VALUE;
  return part.replace(/\d+/g, VALUE);
}
