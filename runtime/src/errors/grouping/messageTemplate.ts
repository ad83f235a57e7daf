import { DIGIT, kindOf, LETTER, MARK, OPENING, QUOTE, SEPARATOR } from './characters.ts';
import { calendarWords, codeLeads, codeNouns, statusLeads, units } from './vocabulary.ts';
import { VALUE, wordTemplate } from './wordTemplate.ts';

const MOST_READ = 4096;
const MOST_WRITTEN = 256;
const LONGEST_CODE_NAME = 64;
const SPACE = 0x20;
const EQUALS = 0x3d;

/**
 * What a message says whatever it says it of: every value in it is `*`. Values are numbers with their units, identifiers,
 * hashes, dates, addresses with ports, e-mails, paths, JSON, texts in quotes, and what follows `=`. Kept are words, codes
 * (`ECONNREFUSED`, `status code 404`), hosts of URLs, and quoted names of code: `column "email"`, `(reading 'total')`. Of a
 * message of several lines the first counts, and the second as well where the first ends with a colon.
 *
 * Reads at most 4096 characters, in time in proportion to them, and returns 256 at most. Never throws.
 */
export function messageTemplate(message: string): string {
  return new TemplateWriter(withoutLocalName(headline(message.slice(0, MOST_READ)))).write();
}

function headline(message: string): string {
  const text = message.trim();
  const end = text.indexOf('\n');
  if (end < 0 || text.startsWith('{') || text.startsWith('[')) return text;
  const first = text.slice(0, end).trimEnd();
  if (!first.endsWith(':')) return first;
  const rest = text.slice(end).trimStart();
  const next = rest.indexOf('\n');
  return `${first} ${next < 0 ? rest : rest.slice(0, next)}`;
}

/** V8 says `order.items.map is not a function`; a minified build of the same `e.items.map is not a function`. */
function withoutLocalName(text: string): string {
  const end = text.indexOf(' is not ');
  if (end <= 0 || end > LONGEST_CODE_NAME) return text;
  if (!/^(?:a function|a constructor|iterable|async iterable)\b/.test(text.slice(end + 8, end + 24))) return text;
  const name = text.slice(0, end);
  if (name.includes(' ') && !name.startsWith('(intermediate value)')) return text;
  const property = name.lastIndexOf('.');
  return VALUE + (property < 0 ? '' : name.slice(property)) + text.slice(end);
}

/** Copies runs of the text as they are, and writes `*` where values are. */
class TemplateWriter {
  readonly #text: string;
  #at = 0;
  #out = '';
  /** Up to here the text is in `#out`. */
  #done = 0;
  #endsInValue = false;
  #leadStart = 0;
  #leadEnd = 0;
  #isAfterNumber = false;

  constructor(text: string) {
    this.#text = text;
  }

  write(): string {
    const text = this.#text;
    while (this.#at < text.length && this.#out.length + this.#at - this.#done < MOST_WRITTEN) {
      const code = text.charCodeAt(this.#at);
      const kind = kindOf(code);
      if (kind === SEPARATOR) this.#separator(code);
      else if (kind === QUOTE) this.#quote();
      else if (kind === OPENING) this.#opening();
      else this.#word();
    }
    if (this.#at > this.#done) this.#out += text.slice(this.#done, this.#at);
    return this.#out.trimEnd().slice(0, MOST_WRITTEN).toWellFormed();
  }

  /** The last word that was read, in lower case. */
  get #lead(): string {
    return this.#text.slice(this.#leadStart, this.#leadEnd).toLowerCase();
  }

  #replace(start: number, end: number, replacement: string): void {
    if (start > this.#done) this.#out += this.#text.slice(this.#done, start);
    this.#out += replacement;
    this.#done = end;
    this.#endsInValue = replacement.endsWith(VALUE);
  }

  /** One `*` stands for a list of values, too: how many there are is not part of the error. */
  #value(start: number, end: number): void {
    this.#at = end;
    if (this.#endsInValue && this.#isBetweenValues(start)) this.#done = end;
    else this.#replace(start, end, VALUE);
  }

  #isBetweenValues(end: number): boolean {
    for (let at = this.#done; at < end; at += 1) if (!' ,:;/'.includes(this.#text.charAt(at))) return false;
    return true;
  }

  #separator(code: number): void {
    const start = this.#at;
    this.#at += 1;
    if (code === EQUALS) return this.#assigned();
    if (!isSpace(code)) return;
    while (this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
    if (code !== SPACE || this.#at > start + 1) {
      const isInList = this.#endsInValue && this.#isBetweenValues(start);
      this.#replace(start, this.#at, ' ');
      this.#endsInValue = isInList;
    }
  }

  /** `id=17` and `(email)=(a@b.example)`; not `==`, `=>`, `<=`. */
  #assigned(): void {
    const text = this.#text;
    const start = this.#at;
    if ((start >= 2 && '=!<>'.includes(text.charAt(start - 2))) || codeLeads.has(this.#lead)) return;
    if (kindOf(text.charCodeAt(start)) >= MARK) return this.#value(start, this.#wordEnd(start));
    if (text.charAt(start) !== '(') return;
    const end = text.indexOf(')', start);
    this.#value(start, end < 0 ? text.length : end + 1);
  }

  #quote(): void {
    const text = this.#text;
    const start = this.#at;
    const quote = text.charAt(start);
    const before = start > 0 ? kindOf(text.charCodeAt(start - 1)) : SEPARATOR;
    this.#at += 1;
    // An apostrophe: don't, the users' orders.
    if (before >= DIGIT) return;
    const end = text.indexOf(quote, start + 1);
    if (end < 0) return;
    this.#isAfterNumber = false;
    if (!this.#isCodeName(quote, start + 1, end)) return this.#value(start, end + 1);
    this.#replace(start, end + 1, `"${wordTemplate(text.slice(start + 1, end))}"`);
    this.#at = end + 1;
  }

  /** Whether what is quoted is a name out of the code or the schema, and so the same each time. */
  #isCodeName(quote: string, start: number, end: number): boolean {
    if (end === start || end - start > LONGEST_CODE_NAME) return false;
    if (!/^[#@\w$][\w$.:/@()-]*$/.test(this.#text.slice(start, end))) return false;
    return quote === '`' || codeNouns.has(this.#lead) || codeNouns.has(this.#nextWord(end + 1));
  }

  #nextWord(from: number): string {
    if (this.#text.charCodeAt(from) !== SPACE) return '';
    let end = from + 1;
    while (end - from < 20 && kindOf(this.#text.charCodeAt(end)) === LETTER) end += 1;
    return this.#text.slice(from + 1, end).toLowerCase();
  }

  /** JSON and what `inspect` writes are values; so is what stands for something redacted. */
  #opening(): void {
    const start = this.#at;
    const opening = this.#text.charAt(start);
    const inside = this.#text.slice(start + 1, start + 12).trimStart();
    this.#at += 1;
    if (opening === '(' || (opening === '[' && !/^(?:["'[{\]\d-]|redacted)/.test(inside))) return;
    this.#isAfterNumber = false;
    this.#value(start, this.#closing(start));
  }

  /** Behind the bracket that closes the one there, or the end of what was cut short. Brackets in texts do not count. */
  #closing(start: number): number {
    const text = this.#text;
    let depth = 0;
    let isInText = false;
    for (let at = start; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (isInText && character === '\\') at += 1;
      else if (character === '"') isInText = !isInText;
      else if (isInText) continue;
      else if (character === '{' || character === '[') depth += 1;
      else if ((character === '}' || character === ']') && (depth -= 1) === 0) return at + 1;
    }
    return text.length;
  }

  #wordEnd(start: number): number {
    const text = this.#text;
    let end = start;
    while (end < text.length && kindOf(text.charCodeAt(end)) >= MARK) end += 1;
    return end;
  }

  /** Queries have more in them than words have. */
  #urlEnd(start: number): number {
    let end = start;
    while (end < this.#text.length && !/[\s'"`<>)\]}]/.test(this.#text.charAt(end))) end += 1;
    return end;
  }

  #word(): void {
    const text = this.#text;
    const start = this.#at;
    let end = start;
    while (end < text.length && kindOf(text.charCodeAt(end)) === LETTER) end += 1;
    const letters = end;
    end = this.#wordEnd(end);
    if (end > letters && text.slice(start, end).includes('://')) end = this.#urlEnd(end);
    this.#at = end;
    while (end > letters && '.:!?'.includes(text.charAt(end - 1))) end -= 1;
    if (end === letters) this.#plainWord(start, end);
    else this.#particularWord(start, end);
    if (this.#at < end) this.#at = end;
  }

  #plainWord(start: number, end: number): void {
    if (this.#isAfterNumber) return this.#countedWord(start, end);
    const first = this.#text.charCodeAt(start);
    if (first >= 0x41 && first <= 0x5a && end - start >= 3 && this.#isSpecialWord(start, end)) return;
    this.#leadStart = start;
    this.#leadEnd = end;
  }

  /** @returns whether it is a part of a date */
  #isSpecialWord(start: number, end: number): boolean {
    const word = this.#text.slice(start, end);
    if (calendarWords.has(word) && /^,? ?(?:\d|[A-Z][a-z]{2}\b)/.test(this.#text.slice(end, end + 6))) {
      this.#value(start, end);
      this.#isAfterNumber = true;
      return true;
    }
    // Node ends its complaints about arguments with the argument.
    if (word === 'Received' && start > 0) {
      this.#replace(start, this.#text.length, word);
      this.#at = this.#text.length;
    }
    return false;
  }

  /** One item failed, two items failed: the same error. */
  #countedWord(start: number, end: number): void {
    const word = this.#text.slice(start, end);
    this.#isAfterNumber = units.has(word.toLowerCase());
    if (this.#isAfterNumber) {
      this.#done = end;
      return;
    }
    const single = singular(word);
    if (single !== word) this.#replace(start, end, single);
    else if (calendarWords.has(word)) this.#isSpecialWord(start, end);
    this.#leadStart = start;
    this.#leadEnd = end;
  }

  #particularWord(start: number, end: number): void {
    const word = this.#text.slice(start, end);
    const template = this.#isErrorCode(word, start) ? word : wordTemplate(word);
    this.#isAfterNumber = template === VALUE;
    if (this.#isAfterNumber) {
      const after = this.#at;
      this.#value(start, end);
      this.#at = after;
      return;
    }
    this.#leadStart = start;
    this.#leadEnd = end;
    if (template !== word) this.#replace(start, end, template);
  }

  #isErrorCode(word: string, start: number): boolean {
    if (word.length > 6 || !/\d$/.test(word)) return false;
    if (start === 0) return /^[A-Z]{1,3}\d{3,5}$/.test(word);
    const lead = this.#lead;
    return codeLeads.has(lead) ? /^\d{1,3}$/.test(word) : statusLeads.has(lead) && /^[45]\d\d$/.test(word);
  }
}

function isSpace(code: number): boolean {
  return code <= SPACE || code === 0xa0 || code === 0x2028 || code === 0x2029;
}

function singular(word: string): string {
  if (word.length < 4 || !/[^s]s$/.test(word)) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
