/** The instrumentation scope of the spans and instruments that the runtime makes itself. */
export const INSTRUMENTATION_SCOPE = '@tracewright/runtime';
