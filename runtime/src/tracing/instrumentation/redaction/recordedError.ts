import { redactPostgresMessage } from './redactPostgresMessage.ts';
import { isRedisAnswer, redactRedisMessage } from './redactRedisMessage.ts';
import { redactUrlsIn } from './redactUrl.ts';
import { isSqlState } from './sqlStateName.ts';

/** An error as a span keeps it: the attributes of the event `exception`, each as far as it is there. */
export interface RecordedError {
  /** The error's code or the name of its class. */
  readonly type: string | undefined;
  readonly message: string | undefined;
  /** Begins with the name and the message. */
  readonly stacktrace: string | undefined;
}

/** Whose words an error's message is made of, as far as they have to be watched. */
export type ErrorOrigin = 'postgresql' | 'redis' | 'application';

/** `sanitizedErrorMessage` of @opentelemetry/instrumentation-pg: all that it records of an error. */
const PG_INSTRUMENTATION_MESSAGE = /^PostgreSQL error of type '.*' occurred \(code: (.*)\)$/su;

/** The place where each client makes errors of what the server answered. */
const REDIS_DECODER = /[\\/](?:ioredis|@redis[\\/]client|redis-parser|redis)[\\/].*(?:decoder|parser)\.[cm]?js/;
const POSTGRES_CLIENT = /[\\/](?:pg|pg-pool|pg-protocol)[\\/](?:lib|dist|esm|index\.)/;

/**
 * Where an error comes from that a database client threw and the application passed on to a span of its own, or that a
 * framework caught.
 */
export function originOf({ type, message = '', stacktrace = '' }: RecordedError): ErrorOrigin {
  if (type !== undefined && (isSqlState(type) || type === 'DatabaseError')) return 'postgresql';
  // The name of pg's errors is in lower case, unlike any other.
  if (stacktrace.startsWith('error: ')) return 'postgresql';
  if (type === 'ReplyError' || isRedisAnswer(message)) return 'redis';
  const frame = firstFrame(stacktrace);
  if (REDIS_DECODER.test(frame)) return 'redis';
  return POSTGRES_CLIENT.test(frame) ? 'postgresql' : 'application';
}

function firstFrame(stacktrace: string): string {
  const start = stacktrace.search(/\n\s+at /);
  if (start === -1) return '';
  const end = stacktrace.indexOf('\n', start + 1);
  return stacktrace.slice(start, end === -1 ? stacktrace.length : end);
}

/** The code of an error that the instrumentation of pg recorded, or that names itself by it. */
export function postgresCodeOf({ type, message = '' }: RecordedError): string | undefined {
  const code = PG_INSTRUMENTATION_MESSAGE.exec(message)?.[1] ?? type;
  return code === 'UNKNOWN' ? undefined : code;
}

/** Takes secrets and personal data out of a text that somebody else wrote. */
export type RedactText = (text: string) => string;

/** What may be kept of a message of that origin. */
export function redactMessage(message: string, origin: ErrorOrigin, redactText: RedactText, code?: string): string {
  switch (origin) {
    case 'postgresql':
      return redactPostgresMessage(message, code);
    case 'redis':
      return redactRedisMessage(message);
    case 'application':
      return redactText(redactUrlsIn(message));
  }
}

/** An error without what its message quotes, in the message and wherever its stack trace repeats it. */
export function redactError(error: RecordedError, redactText: RedactText, origin: ErrorOrigin): RecordedError {
  const { type, message, stacktrace } = error;
  const redacted =
    message === undefined ? undefined : redactMessage(message, origin, redactText, postgresCodeOf(error));
  const trace =
    stacktrace === undefined ? undefined : redactStacktrace(stacktrace, message ?? '', redacted ?? '', redactText);
  return { type, message: redacted, stacktrace: trace };
}

/** A line that names an error behind the first one, as causes are appended to a stack trace. */
const CAUSE = /^(\s*(?:\[cause\]: |Caused by: )?)([A-Za-z]\w*): (.*)$/u;

/** Lines one after the other that are no frames: what errors say. Frames are places in files. */
const SAID = /^(?!\s+at ).*(?:\n(?!\s+at ).*)*/gm;

function redactStacktrace(stacktrace: string, message: string, redacted: string, redactText: RedactText): string {
  const at = message === '' ? -1 : stacktrace.indexOf(message);
  const own = at === -1 ? stacktrace : stacktrace.slice(0, at) + redacted + stacktrace.slice(at + message.length);
  const kept: KeptLines = { lines: [], hiding: false };
  for (const line of own.split('\n')) keep(line, kept, redactText);
  return redactUrlsIn(kept.lines.join('\n')).replace(SAID, (said) => redactText(said));
}

interface KeptLines {
  readonly lines: string[];
  /** In a message of more than one line that was redacted. */
  hiding: boolean;
}

function keep(line: string, kept: KeptLines, redactText: RedactText): void {
  const isFrame = /^\s+at /.test(line);
  if (kept.hiding && !isFrame) return;
  const [, lead = '', type = '', message = ''] = (kept.lines.length > 0 && !isFrame && CAUSE.exec(line)) || [];
  const origin = type === '' ? 'application' : originOf({ type, message, stacktrace: `${type}: ` });
  kept.lines.push(origin === 'application' ? line : `${lead}${type}: ${redactMessage(message, origin, redactText)}`);
  kept.hiding = origin !== 'application';
}
