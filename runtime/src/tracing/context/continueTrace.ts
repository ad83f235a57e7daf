import { context, type Context, isSpanContextValid, type Link, type Span, SpanKind, trace } from '@opentelemetry/api';
import { invalidOption } from '../spans/invalidOption.ts';
import { validateSpanName, validateSpanOptions } from '../spans/validateSpanOptions.ts';
import { withSpan } from '../spans/withSpan.ts';
import type { WithSpanOptions } from '../spans/withSpanOptions.ts';
import { extractContext } from './extractContext.ts';

/** How the trace of a message is continued. */
export interface ContinueTraceOptions extends Omit<WithSpanOptions, 'root'> {
  /** The span's name, such as `process orders`: of few distinct values, each is an operation of its own in Jaeger. */
  readonly name: string;
  /**
   * What the sender's span becomes: the `parent` of the new one, which then is in the sender's trace, or a `link` from it,
   * for a new trace or the one that is active here.
   *
   * The messaging conventions of OpenTelemetry link by default, which is right for batches, and allow the parent where
   * one message is processed at a time, which is what `continueTrace` is for: one trace then shows the way of a message.
   * The span that was active (a polling loop's) is kept as a link.
   *
   * @defaultValue `'parent'`
   */
  readonly relation?: 'parent' | 'link';
  /**
   * Whose work it is. A message to a worker thread is none from a broker: `SpanKind.INTERNAL` fits there.
   * @defaultValue `SpanKind.CONSUMER`
   */
  readonly kind?: SpanKind;
}

/**
 * Does `work` in a new span that continues the trace of a message, with the message's baggage. The span ends when the
 * work does, as with `withSpan`; what the work returns and throws comes through unchanged.
 *
 * A message without trace context is worked on in an ordinary span: a child of the active one, or a new trace.
 *
 * @param carrier - what `injectContext` wrote, as it arrived
 * @throws TypeError without a name, without a function to call, and for options that are none; it names what is allowed.
 */
export function continueTrace<T>(carrier: unknown, options: ContinueTraceOptions, work: (span: Span) => T): T {
  validate(options, work);
  const { name, relation = 'parent', links = [], ...details } = options;
  const ambient = context.active();
  const received = extractContext(carrier);
  const becomesParent = relation === 'parent' && trace.getSpanContext(received) !== undefined;
  const parent = becomesParent ? received : withSpanOf(ambient, received);
  const linked = [...linkTo(becomesParent ? ambient : received), ...links];
  return context.with(parent, () => withSpan(name, { kind: SpanKind.CONSUMER, ...details, links: linked }, work));
}

const ALLOWED: ReadonlySet<string> = new Set(['name', 'relation', 'kind', 'attributes', 'links']);

// For those who have no type checker.
function validate(options: ContinueTraceOptions, work: unknown): void {
  validateSpanOptions('continueTrace', options, ALLOWED);
  const { name, relation }: { readonly name: unknown; readonly relation?: unknown } = options;
  validateSpanName('continueTrace', name);
  if (relation !== undefined && relation !== 'parent' && relation !== 'link') {
    throw invalidOption('continueTrace', 'relation', relation, "'parent' or 'link'");
  }
  if (typeof work !== 'function') throw new TypeError('continueTrace takes a function last');
}

function withSpanOf(source: Context, target: Context): Context {
  const span = trace.getSpan(source);
  return span === undefined ? trace.deleteSpan(target) : trace.setSpan(target, span);
}

function linkTo(source: Context): readonly Link[] {
  const spanContext = trace.getSpanContext(source);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? [{ context: spanContext }] : [];
}
