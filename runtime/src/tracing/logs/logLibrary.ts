/** The ways of logging whose lines can be given the IDs of the active span. */
export const LOG_LIBRARIES = ['pino', 'winston', 'console'] as const;

/** A way of logging whose lines can be given the IDs of the active span. */
export type LogLibrary = (typeof LOG_LIBRARIES)[number];

/**
 * What is used where nobody chose. Lines of `console` are text, often read by programs that expect it unchanged: it has
 * to be asked for.
 */
export const DEFAULT_LOG_LIBRARIES: readonly LogLibrary[] = ['pino', 'winston'];
