import { isRecord } from '../../tools/values/isRecord.ts';

/** A log line in the form of docs/logs.md. */
export interface FormedLine {
  readonly level: string;
  /** What was said. */
  readonly message: string;
  /** Where it was said within a span: 32 and 16 hexadecimal digits. */
  readonly traceId?: string;
  readonly spanId?: string;
  /** All of it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const levels = new Set(['trace', 'debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal']);
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
/** In seconds; the same number of milliseconds would be a day of 1970. */
const thisCentury = { from: 978_307_200, to: 4_102_444_800 };

/** The line, if it is in the form; undefined if it is not. */
export function formedLine(line: string): FormedLine | undefined {
  const fields = parse(line);
  if (!isRecord(fields)) return undefined;
  const { level, msg, trace_id: traceId, span_id: spanId } = fields;
  if (typeof level !== 'string' || !levels.has(level) || typeof msg !== 'string') return undefined;
  if (!isTimed(fields) || !isId(traceId, 32) || !isId(spanId, 16)) return undefined;
  return { level, message: msg, ...(traceId && { traceId }), ...(spanId && { spanId }), fields };
}

/** What each line of an output says. @throws Error for a line that is not in the form. */
export function formedMessages(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const formed = formedLine(line);
      if (formed === undefined) throw new Error(`not in the form of docs/logs.md: ${line}`);
      return formed.message;
    });
}

/** oauth2-proxy alone has `time` in place of `ts`. */
function isTimed({ ts, time }: Readonly<Record<string, unknown>>): boolean {
  if (ts === undefined) return typeof time === 'string' && rfc3339.test(time);
  return typeof ts === 'number' && ts >= thisCentury.from && ts < thisCentury.to;
}

function isId(value: unknown, digits: number): value is string | undefined {
  if (value === undefined) return true;
  return typeof value === 'string' && new RegExp(`^[0-9a-f]{${digits}}$`).test(value);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
