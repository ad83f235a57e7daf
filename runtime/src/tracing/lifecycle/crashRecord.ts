import { isRecord } from '../../core/isRecord.ts';
import type { UncaughtOrigin } from '../../core/hostProcess.ts';
import { parsedJson } from '../../core/parsedJson.ts';
import type { TraceContext } from '../../core/currentTraceContext.ts';

/** What is known of a thread that ended because nobody caught what was thrown; with the main thread, its process ended. */
export interface CrashRecord {
  readonly version: 1;
  readonly serviceName: string;
  readonly pid: number;
  /** 0 is the main thread, what is higher a worker thread. */
  readonly threadId: number;
  /** Milliseconds since 1970. */
  readonly atMillis: number;
  readonly origin: UncaughtOrigin;
  /** Name of the error's class, or the type of a value that is no error. */
  readonly type: string;
  /** Without the values that messages of PostgreSQL, of Redis and about URLs quote, as in spans. */
  readonly message: string;
  /** Redacted like the message. */
  readonly stacktrace: string;
  /** The span that was active where it was thrown. */
  readonly trace?: TraceContext;
  /** Spans that had not left the process by then. Over UDP they are still sent before it ends. */
  readonly pendingSpans: number;
}

/** A crash record as text for a file, on one line. */
export function writeCrashRecord(record: CrashRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** The record in a text, or `undefined` where there is none that can be read. */
export function parseCrashRecord(text: string): CrashRecord | undefined {
  const value = parsedJson(text);
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const { serviceName, pid, threadId, atMillis, origin, type, message, stacktrace, trace, pendingSpans } = value;
  if (typeof serviceName !== 'string' || typeof type !== 'string') return undefined;
  if (typeof message !== 'string' || typeof stacktrace !== 'string') return undefined;
  if (!isCount(pid) || !isCount(threadId) || !isMoment(atMillis) || !isCount(pendingSpans)) return undefined;
  if (origin !== 'uncaughtException' && origin !== 'unhandledRejection') return undefined;
  const known = {
    version: 1,
    serviceName,
    pid,
    threadId,
    atMillis,
    origin,
    type,
    message,
    stacktrace,
    pendingSpans,
  } as const;
  const traceContext = parseTrace(trace);
  return traceContext === undefined ? known : { ...known, trace: traceContext };
}

function parseTrace(value: unknown): TraceContext | undefined {
  if (!isRecord(value)) return undefined;
  const { traceId, spanId, sampled } = value;
  const isTrace =
    typeof traceId === 'string' &&
    /^[0-9a-f]{32}$/.test(traceId) &&
    typeof spanId === 'string' &&
    /^[0-9a-f]{16}$/.test(spanId) &&
    typeof sampled === 'boolean';
  return isTrace ? { traceId, spanId, sampled } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The latest moment that JavaScript can write as a date (ECMAScript, Time Values). */
const LATEST_MILLIS = 8.64e15;

function isMoment(value: unknown): value is number {
  return isCount(value) && value <= LATEST_MILLIS;
}
