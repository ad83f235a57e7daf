import type { RedisInstrumentation } from '@opentelemetry/instrumentation-redis';

/** The part of the instrumentation that ends the spans of a transaction or a pipeline, as far as it is needed here. */
interface BatchEnding {
  _endSpansWithRedisReplies(
    openSpans: readonly unknown[] | undefined,
    replies: readonly unknown[],
    ...rest: unknown[]
  ): void;
}

/**
 * Sees to it that the spans of every batch end. `multi().select(1)` and `multi().sendCommand(…)` put commands into a batch
 * past the instrumentation (0.72.0), which then has fewer spans than there are replies and ends none of them. Which reply
 * is whose cannot be told any more: such spans end without one.
 */
export function endSpansOfMixedBatches(redis: RedisInstrumentation): void {
  const inner: unknown = Reflect.get(redis, 'instrumentationV4_V5');
  if (!endsBatches(inner)) return;
  const end = inner._endSpansWithRedisReplies.bind(inner);
  inner._endSpansWithRedisReplies = (openSpans, replies, ...rest) => {
    const isMixed = openSpans !== undefined && openSpans.length !== replies.length;
    end(openSpans, isMixed ? openSpans.map(() => undefined) : replies, ...rest);
  };
}

function endsBatches(value: unknown): value is BatchEnding {
  return (
    typeof value === 'object' &&
    value !== null &&
    '_endSpansWithRedisReplies' in value &&
    typeof value._endSpansWithRedisReplies === 'function'
  );
}
