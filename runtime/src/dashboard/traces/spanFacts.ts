import type { JaegerSpan, JaegerTag } from './jaegerTrace.ts';

/** What part a span had in a call. */
export const SPAN_KINDS = ['internal', 'server', 'client', 'producer', 'consumer'] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

/** Whether a span failed: Jaeger's tag `error`, or OpenTelemetry's status. */
export function isErrorSpan({ tags }: JaegerSpan): boolean {
  return (tags ?? []).some(
    ({ key, value }) =>
      (key === 'error' && (value === true || value === 'true')) || (key === 'otel.status_code' && value === 'ERROR'),
  );
}

/** Of the tag `span.kind`; a span that says none, or one that there is not, is `internal`. */
export function spanKindOf({ tags }: JaegerSpan): SpanKind {
  const said = textOfTag(tags, 'span.kind')?.toLowerCase();
  return SPAN_KINDS.find((kind) => kind === said) ?? 'internal';
}

/** The value of the first tag of this name, where it is a text. */
export function textOfTag(tags: readonly JaegerTag[] | null | undefined, key: string): string | undefined {
  const value = tags?.find((tag) => tag.key === key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Where a span says its parent is. */
export interface ParentReference {
  readonly spanId: string;
  /** Whether the parent waits for it: not where it only follows from what the parent did. */
  readonly isAwaited: boolean;
}

/** The parent of a span within its trace: what it is a child of, else what it follows from. */
export function parentReferenceOf(span: JaegerSpan, traceId: string): ParentReference | undefined {
  const within = (span.references ?? []).filter((reference) => isSameTrace(reference.traceID, traceId));
  const parent = within.find(({ refType }) => refType === 'CHILD_OF');
  if (parent !== undefined) return { spanId: parent.spanID, isAwaited: true };
  if (span.parentSpanID !== undefined && !/^0*$/.test(span.parentSpanID))
    return { spanId: span.parentSpanID, isAwaited: true };
  const before = within.find(({ refType }) => refType === 'FOLLOWS_FROM');
  return before === undefined ? undefined : { spanId: before.spanID, isAwaited: false };
}

/** Some storages write the upper 64 bits also where they are 0. */
function isSameTrace(left: string, right: string): boolean {
  return left === right || left.replace(/^0+/, '') === right.replace(/^0+/, '');
}
