import type { ReceivedSpan } from './receivedSpan.ts';

/** A span with the spans whose parent it is, in the order in which they arrived. */
export interface SpanTree {
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly children: readonly SpanTree[];
}

/** The one tree that the spans of a trace make; an error when they make several, or a parent is missing. */
export function spanTree(spans: readonly ReceivedSpan[]): SpanTree {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const orphan = spans.find(({ parentSpanId }) => parentSpanId !== undefined && !known.has(parentSpanId));
  if (orphan !== undefined) throw new Error(`the parent of ${orphan.name} is missing`);
  const [root, ...more] = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  if (root === undefined || more.length > 0)
    throw new Error(`the trace has ${root === undefined ? 0 : more.length + 1} roots`);
  return toTree(root, spans);
}

function toTree(span: ReceivedSpan, spans: readonly ReceivedSpan[]): SpanTree {
  return {
    service: span.service,
    name: span.name,
    kind: String(span.tags['span.kind'] ?? 'internal'),
    children: spans.filter(({ parentSpanId }) => parentSpanId === span.spanId).map((child) => toTree(child, spans)),
  };
}
