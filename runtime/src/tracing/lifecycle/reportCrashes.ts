import { ROOT_CONTEXT, type Context, SpanStatusCode, trace, TraceFlags, type Tracer } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';
import { type CrashRecord, parseCrashRecord } from './crashRecord.ts';
import type { CrashRecordFiles } from './crashRecordFiles.ts';
import { PreviousCrashWarning } from './previousCrashWarning.ts';

/** What `reportCrashes` needs. */
export interface ReportCrashesOptions {
  readonly files: Pick<CrashRecordFiles, 'takeOthers'>;
  readonly tracer: Tracer;
  readonly warn: (warning: Error) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Reports the crashes of earlier processes: each as a warning, and as a span `process crash` of the time it happened, in
 * the trace it happened in where that was sampled.
 */
export function reportCrashes({ files, tracer, warn, onError }: ReportCrashesOptions): void {
  for (const text of takeRecords(files, onError)) {
    const record = parseCrashRecord(text);
    if (record === undefined) continue;
    warn(new PreviousCrashWarning(record));
    spanOf(record, tracer);
  }
}

function takeRecords(files: Pick<CrashRecordFiles, 'takeOthers'>, onError: (error: Error) => void): readonly string[] {
  try {
    return files.takeOthers();
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
    return [];
  }
}

function spanOf(record: CrashRecord, tracer: Tracer): void {
  const { type, message, stacktrace, atMillis, origin, pid, lostSpans } = record;
  const attributes = {
    [ATTR_ERROR_TYPE]: type,
    'process.pid': pid,
    'crash.origin': origin,
    'crash.lost_spans': lostSpans,
  };
  const span = tracer.startSpan('process crash', { startTime: atMillis, attributes }, contextOf(record));
  const exception = {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    [ATTR_EXCEPTION_STACKTRACE]: stacktrace,
  };
  span.addEvent('exception', exception, atMillis);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end(atMillis);
}

function contextOf({ trace: crashed }: CrashRecord): Context {
  if (crashed?.sampled !== true) return ROOT_CONTEXT;
  const { traceId, spanId } = crashed;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}
