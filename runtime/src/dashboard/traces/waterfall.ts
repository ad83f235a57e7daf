import { shownName, shownValue } from '../foreignText.ts';
import { criticalPath, type CriticalSection } from './criticalPath.ts';
import { type JaegerTrace, serviceOf } from './jaegerTrace.ts';
import { isErrorSpan, type SpanKind, spanKindOf } from './spanFacts.ts';
import { type SpanForest, spanForest, type SpanNode } from './spanForest.ts';
import { DEFAULT_WATERFALL_LIMITS, MOST_NAME_LENGTH, type WaterfallLimits } from './waterfallLimits.ts';

/** A trace as it is drawn: one row a span, beneath each other. */
export interface Waterfall {
  readonly traceId: string;
  /** Since 1970; of the first span that begins. */
  readonly startMicros: number;
  /** Until the last span ends. */
  readonly durationMicros: number;
  /** In the order in which they appear. */
  readonly services: readonly WaterfallService[];
  readonly rows: readonly WaterfallRow[];
  /** Of the whole trace, those without a row as well. */
  readonly spanCount: number;
  readonly errorCount: number;
  /** For people: what is wrong with the trace, and what is not shown of it. */
  readonly problems: readonly string[];
}

/** A service that has a part in the trace. */
export interface WaterfallService {
  readonly name: string;
  /** How many spans are its own. */
  readonly spans: number;
  /** How many of them failed. */
  readonly errors: number;
}

/** One span, without its tags and events (`SpanDetails`). Times are in microseconds. */
export interface WaterfallRow {
  /** Unique, but in broken traces. */
  readonly spanId: string;
  /** Of the span that it says is its parent; where `isOrphan`, it is not above it. */
  readonly parentId?: string;
  /** How many spans are above it. */
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  /** Since the trace's start. */
  readonly startMicros: number;
  readonly durationMicros: number;
  readonly isError: boolean;
  readonly kind: SpanKind;
  /** Whether the parent that it names is not in the trace, or is beneath it. */
  readonly isOrphan: boolean;
  readonly hasChildren: boolean;
  /** Whether the trace would have been shorter, had it been so itself: see `criticalPath`. */
  readonly isOnCriticalPath: boolean;
  /** When it was on it, since the trace's start, from the first on. */
  readonly criticalSections: readonly WaterfallSection[];
}

/** A piece of a row's time. */
export interface WaterfallSection {
  /** Since the trace's start. */
  readonly startMicros: number;
  readonly durationMicros: number;
}

/**
 * Makes the rows of a trace, in the order in which they are shown. Never throws, whatever a trace says of itself: spans without
 * parents, in cycles, with the same ID or with times that cannot be have their place, and `problems` says so.
 */
export function waterfall(trace: JaegerTrace, limits: WaterfallLimits = {}): Waterfall {
  const resolved = { ...DEFAULT_WATERFALL_LIMITS, ...limits };
  const forest = spanForest(trace);
  const { startMicros, endMicros } = extentOf(forest.nodes);
  const starts = relativeStarts(forest.nodes, startMicros);
  const critical = criticalPath(forest);
  const rows = forest.nodes.slice(0, resolved.maxRows).map((node): WaterfallRow => {
    const sections = critical.get(node) ?? [];
    return {
      ...identityOf(node, trace),
      startMicros: starts.get(node) ?? 0,
      durationMicros: node.span.duration,
      isOnCriticalPath: sections.length > 0,
      criticalSections: sections.map((section) => sectionOf(section, startMicros)),
    };
  });
  const services = servicesOf(forest.nodes, trace);
  return {
    traceId: shownName(trace.traceID, MOST_NAME_LENGTH),
    startMicros,
    durationMicros: endMicros - startMicros,
    services,
    rows,
    spanCount: forest.nodes.length,
    errorCount: services.reduce((sum, { errors }) => sum + errors, 0),
    problems: problemsOf(trace, forest, rows.length),
  };
}

/** How many warnings Jaeger may give on a trace. */
const MOST_WARNINGS = 20;

type RowIdentity = Pick<
  WaterfallRow,
  'spanId' | 'parentId' | 'depth' | 'service' | 'operation' | 'isError' | 'kind' | 'isOrphan' | 'hasChildren'
>;

function identityOf(node: SpanNode, trace: JaegerTrace): RowIdentity {
  const { span, parentId, parent, depth, children } = node;
  return {
    spanId: shownName(span.spanID, MOST_NAME_LENGTH),
    ...(parentId !== undefined && { parentId: shownName(parentId, MOST_NAME_LENGTH) }),
    depth,
    service: shownName(serviceOf(span, trace), MOST_NAME_LENGTH),
    operation: shownName(span.operationName, MOST_NAME_LENGTH),
    isError: isErrorSpan(span),
    kind: spanKindOf(span),
    isOrphan: isOrphan({ parentId, parent }),
    hasChildren: children.length > 0,
  };
}

/** A start of 0 is that of a span whose sender did not know it; it would draw the trace out over decades. */
function extentOf(nodes: readonly SpanNode[]): { readonly startMicros: number; readonly endMicros: number } {
  const known = nodes.filter(({ span }) => span.startTime > 0);
  const timed = known.length > 0 ? known : nodes;
  let startMicros = Number.MAX_VALUE;
  let endMicros = 0;
  for (const { span } of timed) {
    startMicros = Math.min(startMicros, span.startTime);
    endMicros = Math.max(endMicros, span.startTime + span.duration);
  }
  return timed.length === 0 ? { startMicros: 0, endMicros: 0 } : { startMicros, endMicros };
}

/** Spans that do not say when they began are drawn where their parents begin. */
function relativeStarts(nodes: readonly SpanNode[], startMicros: number): ReadonlyMap<SpanNode, number> {
  const starts = new Map<SpanNode, number>();
  for (const node of nodes) {
    const { startTime } = node.span;
    const parentStart = node.parent && starts.get(node.parent);
    starts.set(node, startTime === 0 ? (parentStart ?? 0) : startTime - startMicros);
  }
  return starts;
}

function sectionOf({ from, to }: CriticalSection, startMicros: number): WaterfallSection {
  return { startMicros: from - startMicros, durationMicros: to - from };
}

function servicesOf(nodes: readonly SpanNode[], trace: JaegerTrace): readonly WaterfallService[] {
  const services = new Map<string, { spans: number; errors: number }>();
  for (const { span } of nodes) {
    const name = serviceOf(span, trace);
    const service = services.get(name) ?? { spans: 0, errors: 0 };
    services.set(name, service);
    service.spans += 1;
    if (isErrorSpan(span)) service.errors += 1;
  }
  return Array.from(services, ([name, counts]) => ({ name: shownName(name, MOST_NAME_LENGTH), ...counts }));
}

function problemsOf(
  { warnings }: JaegerTrace,
  { nodes, repeatedCount, sameIdCount, cycleCount }: SpanForest,
  shownCount: number,
): readonly string[] {
  const count = (test: (node: SpanNode) => boolean): number => nodes.filter(test).length;
  const orphans = count(isOrphan) - cycleCount;
  const early = count(({ span, parent }) => parent !== undefined && isBefore(span.startTime, parent.span.startTime));
  const timeless = count(({ span }) => span.startTime === 0);
  const rootless = count(({ parentId }) => parentId === undefined);
  return [
    told(nodes.length - shownCount, 'left out', "the trace is too large; look at it in Jaeger's UI"),
    told(orphans, 'parent missing', 'it is under way still, was not sampled or got lost, or its service sends none'),
    told(cycleCount, 'beneath its own descendant', 'shown as a root'),
    told(rootless > 1 ? rootless : 0, 'several roots', 'the critical path is that of the first'),
    told(early, 'begins before its parent', 'clocks of machines differ, or were set meanwhile'),
    told(timeless, 'without a start time', 'drawn where its parent begins'),
    told(repeatedCount, 'stored twice', 'shown once'),
    told(sameIdCount, 'same ID as another', 'what is beneath it may belong to that one'),
    (warnings ?? []).slice(0, MOST_WARNINGS).map((warning) => `Jaeger says: ${shownValue(warning, MOST_NAME_LENGTH)}`),
  ].flat();
}

function isOrphan({ parentId, parent }: Pick<SpanNode, 'parentId' | 'parent'>): boolean {
  return parentId !== undefined && parent === undefined;
}

function isBefore(start: number, parentStart: number): boolean {
  return start > 0 && start < parentStart;
}

function told(count: number, what: string, why: string): readonly string[] {
  return count <= 0 ? [] : [`${what}: ${count === 1 ? '1 span' : `${count} spans`}; ${why}`];
}
