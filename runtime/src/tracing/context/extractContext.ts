import { context, type Context, propagation, trace } from '@opentelemetry/api';
import { carrierGetter } from './carrierGetter.ts';
import { MessageHeaders } from './messageHeaders.ts';

/**
 * The context that came with a message: its span context and baggage, in place of those that are active. Headers that are
 * not there, or not in order, are as good as none.
 *
 * For a batch, the span contexts of its messages become links:
 * `trace.getSpanContext(extractContext(message.headers))`. A single message is easier done with `continueTrace`.
 *
 * @param carrier - what `injectContext` wrote: a plain object, a `Map`, `Headers`, or another object with a function `get`,
 * whose values are texts, bytes, or arrays of either. Names are found without regard to case. What arrives is in the hands
 * of others: whatever else it is has no headers, and nothing throws
 */
export function extractContext(carrier: unknown): Context {
  const unrelated = propagation.deleteBaggage(trace.deleteSpan(context.active()));
  return propagation.extract(unrelated, new MessageHeaders(carrier), carrierGetter);
}
