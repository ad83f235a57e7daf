/** The ways of logging whose lines can be given the IDs of the active span. */
export const LOG_LIBRARIES = ['pino', 'winston', 'console'] as const;

/**
 * A way of logging whose lines can be given the IDs of the active span: those of `pino` and `winston` as the fields
 * `trace_id`, `span_id` and `trace_flags`; those of `console` as the text `trace_id=… span_id=…` in front, without
 * `trace_flags`. Of `console`, lines that are JSON (one text from `{` to `}` or from `[` to `]`) stay as they are, without
 * IDs: programs read them.
 */
export type LogLibrary = (typeof LOG_LIBRARIES)[number];

/**
 * What is used where nobody chose. Lines of `console` are text, often read by programs that expect it unchanged: it has
 * to be asked for.
 */
export const DEFAULT_LOG_LIBRARIES: readonly LogLibrary[] = ['pino', 'winston'];
