import type { CrashRecord } from './crashRecord.ts';

/** An earlier process of the service, or a worker thread, ended because nobody caught what was thrown. */
export class PreviousCrashWarning extends Error {
  override readonly name = 'PreviousCrashWarning';
  readonly record: CrashRecord;

  constructor(record: CrashRecord) {
    const { serviceName, atMillis, type, message, trace } = record;
    const where = trace === undefined ? 'outside a trace' : `in trace ${trace.traceId}`;
    // eslint-disable-next-line no-restricted-globals -- writes a number as a date; no clock is read
    const at = new Date(atMillis).toISOString();
    super(`${serviceName} (${whoOf(record)}) crashed at ${at} ${where}: ${type}: ${message}${waitingOf(record)}`);
    this.record = record;
  }
}

function whoOf({ pid, threadId }: CrashRecord): string {
  return threadId === 0 ? `process ${pid}` : `worker thread ${threadId} of process ${pid}`;
}

function waitingOf({ pendingSpans }: CrashRecord): string {
  if (pendingSpans === 0) return '';
  return pendingSpans === 1 ? ' (1 span was still waiting)' : ` (${pendingSpans} spans were still waiting)`;
}
