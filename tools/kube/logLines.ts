import { stripVTControlCharacters } from 'node:util';
import { isRecord } from '../values/isRecord.ts';
import { parsedJson } from '../values/parsedJson.ts';

const longest = 220;

/** What an init container of the stack says last about what it waits for; undefined where it has said nothing yet. */
export function lastWaitingLine(log: string): string | undefined {
  const message = linesOf(log)
    .map(messageOf)
    .findLast((text) => text.startsWith('waiting: '));
  return message === undefined ? undefined : shorten(message.slice('waiting: '.length));
}

/**
 * The line of a container's log that says best why it ended: a fatal entry of a JSON log, else the last line that speaks
 * of a failure, else the last line. Stack traces say nothing to a user.
 */
export function tellingLine(log: string): string | undefined {
  const lines = linesOf(log).filter((line) => !isStackTrace(line) && !isCutEntry(line));
  const line =
    lines.findLast((text) => /^(fatal|panic|dpanic)$/.test(parseLogEntry(text)?.level ?? '')) ??
    lines.findLast((text) => /^panic: /.test(text)) ??
    lines.findLast((text) => parseLogEntry(text)?.level === 'error' || isFailure(text)) ??
    lines.at(-1);
  return line === undefined ? undefined : sentence(line);
}

/** One entry of a JSON log in the form of docs/logs.md, which zap has by itself (Jaeger 1.50 `pkg/config`, `zap.NewProductionConfig`). */
export interface LogEntry {
  readonly level: string;
  readonly message: string;
  /** What went wrong; empty where the entry names no error. */
  readonly error: string;
  /** All fields, as text to look for known words in. */
  readonly text: string;
}

/** The entry that a line of a JSON log holds; undefined for a line of another form. */
export function parseLogEntry(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  const whole = parsedJson(line);
  const fields = whole ?? cutEntry(line);
  if (!isRecord(fields) || typeof fields['msg'] !== 'string') return undefined;
  const { level, msg, error, stacktrace: _stacktrace, ...rest } = fields;
  return {
    level: typeof level === 'string' ? level : '',
    message: msg,
    error: typeof error === 'string' ? error : '',
    text: whole === undefined ? line : [msg, error, JSON.stringify(rest)].join(' '),
  };
}

/** What a line says: the message of an entry, or all of a line of another form. */
export function messageOf(line: string): string {
  return parseLogEntry(line)?.message ?? line;
}

/** What is left of an entry that was too long to be read whole: one failed bulk request fills hundreds of kilobytes. */
function cutEntry(line: string): Readonly<Record<string, unknown>> {
  const found = [...line.matchAll(/"(level|msg|error)":("(?:[^"\\]|\\.)*")/g)];
  const fields = found.map(([, key = '', text = '']): [string, unknown] => [key, parsedJson(text)]);
  return Object.fromEntries(fields);
}

/** The lines of a log without blank ones. */
export function linesOf(log: string): string[] {
  return log
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
}

// All control characters but tabs and line ends; what reorders text or ends a line for some programs only.
const unprintable = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * A text of somebody else's that may go to a terminal: without escape sequences, with the replacement character in place
 * of what else could move the cursor or make a line read other than it is.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(unprintable, '\uFFFD');
}

/** One printable line of at most 220 characters. */
export function shorten(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' ')).trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

function sentence(line: string): string {
  const entry = parseLogEntry(line);
  if (entry !== undefined) return shorten(entry.error === '' ? entry.message : `${entry.message}: ${entry.error}`);
  // Go's log package puts the time first; status knows it already.
  return shorten(line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, ''));
}

function isFailure(text: string): boolean {
  return parseLogEntry(text) === undefined && /error|exception|fatal|fail|refused|denied|cannot|could not/i.test(text);
}

/** Lines of stack traces of Go and Java, and the usage that Go commands print after an error. */
function isStackTrace(line: string): boolean {
  return /^\s|^goroutine \d+|^\S+\(.*\)$|^exit status \d+$|^(Usage|Flags|Global Flags):/.test(line);
}

/** An entry of which nothing can be told: a container that is killed leaves half a line. */
function isCutEntry(line: string): boolean {
  return line.startsWith('{"') && parseLogEntry(line) === undefined;
}
