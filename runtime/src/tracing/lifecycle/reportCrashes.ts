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
  readonly files: Pick<CrashRecordFiles, 'takeAll'>;
  readonly tracer: Tracer;
  readonly warn: (warning: Error) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Reports the crashes of earlier processes and threads: each as a warning, and as a span `process crash` of the time it happened, in
 * the trace it happened in where that was sampled.
 */
export function reportCrashes({ files, tracer, warn, onError }: ReportCrashesOptions): void {
  for (const text of files.takeAll(onError)) {
    const record = parseCrashRecord(text);
    if (record === undefined) continue;
    warn(new PreviousCrashWarning(record));
    spanOf(record, tracer);
  }
}

function spanOf(record: CrashRecord, tracer: Tracer): void {
  const { type, message, stacktrace, atMillis, origin, pid, threadId, pendingSpans } = record;
  const attributes = {
    [ATTR_ERROR_TYPE]: type,
    'process.pid': pid,
    'thread.id': threadId,
    'crash.origin': origin,
    'crash.pending_spans': pendingSpans,
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
