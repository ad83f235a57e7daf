import type { Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import { reportProblem } from './reportProblem.ts';

/** The span to start, and where. */
export interface SpanStart {
  readonly tracer: Tracer;
  readonly parent: Context;
  readonly name: string;
  readonly options: SpanOptions;
}

/**
 * Does `work` with a new span, which is active in it. Where the span cannot be started, `bare` is done instead: a sampler
 * or a processor that throws is none of the application's business.
 */
export function inActiveSpan<T>(
  { tracer, parent, name, options }: SpanStart,
  work: (span: Span) => T,
  bare: () => T,
): T {
  const state = { isStarted: false };
  try {
    return tracer.startActiveSpan(name, options, parent, (span): T => {
      state.isStarted = true;
      return work(span);
    });
  } catch (error) {
    if (state.isStarted) throw error;
    reportProblem('a span could not be started', error);
    return bare();
  }
}
