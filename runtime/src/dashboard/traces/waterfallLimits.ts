/** How much of a trace is shown. */
export interface WaterfallLimits {
  /** Spans that have a row; the others are counted. @defaultValue 10,000 */
  readonly maxRows?: number;
  /** Characters of a span's tags and events together; those beyond are counted. @defaultValue 200,000 */
  readonly maxTextLength?: number;
  /** Tags of a span, and of an event. @defaultValue 100 */
  readonly maxTags?: number;
  /** Events of a span, and exceptions. @defaultValue 50 */
  readonly maxEvents?: number;
  /** Characters of a value. @defaultValue 2000 */
  readonly maxValueLength?: number;
  /** Characters of a stack trace. @defaultValue 16,000 */
  readonly maxStackLength?: number;
}

/** All of them. */
export const DEFAULT_WATERFALL_LIMITS: Required<WaterfallLimits> = {
  maxRows: 10_000,
  maxTextLength: 200_000,
  maxTags: 100,
  maxEvents: 50,
  maxValueLength: 2000,
  maxStackLength: 16_000,
};

/** Characters of a name: of services, operations, tags, events, types of exceptions. */
export const MOST_NAME_LENGTH = 200;
