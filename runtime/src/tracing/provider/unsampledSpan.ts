import { type Span, type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

/** The trace that an unsampled span belongs to. */
export interface UnsampledTrace {
  readonly traceId: string;
  readonly traceState: TraceState | undefined;
  readonly ids: Pick<IdGenerator, 'generateSpanId'>;
}

/**
 * A span of a trace that is not recorded: it only carries the trace on, so that whatever is called knows that it is not
 * to record either. Its own ID is made when somebody asks for it, which most never do.
 */
export class UnsampledSpan implements Span {
  readonly trace: UnsampledTrace;
  #spanContext: SpanContext | undefined;

  constructor(unsampled: UnsampledTrace) {
    this.trace = unsampled;
  }

  spanContext(): SpanContext {
    this.#spanContext ??= describe(this.trace);
    return this.#spanContext;
  }

  isRecording(): boolean {
    return false;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  end(): void {
    return undefined;
  }

  recordException(): void {
    return undefined;
  }
}

function describe({ traceId, traceState, ids }: UnsampledTrace): SpanContext {
  return {
    traceId,
    spanId: ids.generateSpanId(),
    traceFlags: TraceFlags.NONE,
    ...(traceState === undefined ? {} : { traceState }),
  };
}
