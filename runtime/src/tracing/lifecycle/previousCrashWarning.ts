import type { CrashRecord } from './crashRecord.ts';

/** An earlier process of the service ended because nobody caught what was thrown. */
export class PreviousCrashWarning extends Error {
  override readonly name = 'PreviousCrashWarning';
  readonly record: CrashRecord;

  constructor(record: CrashRecord) {
    const { serviceName, pid, atMillis, type, message, trace, lostSpans } = record;
    const where = trace === undefined ? 'outside a trace' : `in trace ${trace.traceId}`;
    // eslint-disable-next-line no-restricted-globals -- writes a number as a date; no clock is read
    const at = new Date(atMillis).toISOString();
    super(
      `${serviceName} (process ${pid}) crashed at ${at} ${where}: ${type}: ${message}` +
        (lostSpans === 0 ? '' : ` (${lostSpans} spans had not been sent)`),
    );
    this.record = record;
  }
}
