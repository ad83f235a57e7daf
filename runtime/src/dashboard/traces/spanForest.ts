import { distinctSpans } from './distinctSpans.ts';
import type { JaegerSpan, JaegerTrace } from './jaegerTrace.ts';
import { parentReferenceOf } from './spanFacts.ts';

/** A span among its relatives. */
export interface SpanNode {
  readonly span: JaegerSpan;
  /** Of the span that it says is its parent, whether or not that is there. */
  readonly parentId: string | undefined;
  /** Whether its parent waits for it. */
  readonly isAwaited: boolean;
  /** `undefined` for a root, and for an orphan. */
  parent: SpanNode | undefined;
  /** By their start. */
  readonly children: SpanNode[];
  /** How many spans are above it. */
  depth: number;
}

/** The spans of a trace as trees. */
export interface SpanForest {
  /** Every span once, in the order in which they are shown: parents before their children, else by start. */
  readonly nodes: readonly SpanNode[];
  /** Roots and orphans, by their start. */
  readonly roots: readonly SpanNode[];
  /** Spans that were there a second time: of the same ID, times and process. */
  readonly repeatedCount: number;
  /** Spans with the ID of another one. */
  readonly sameIdCount: number;
  /** Trees that were cut out of a cycle. */
  readonly cycleCount: number;
}

/**
 * Orders the spans of a trace. It takes a time that grows with the number of spans, but for sorting, and no recursion, however
 * deep the trees are: whatever references say, every span has its place.
 */
export function spanForest(trace: JaegerTrace): SpanForest {
  const spans = distinctSpans(trace);
  const repeatedCount = (trace.spans ?? []).length - spans.length;
  const nodes = spans.map((span) => newNode(span, trace.traceID));
  const byId = new Map<string, SpanNode>();
  for (const node of nodes) if (!byId.has(node.span.spanID)) byId.set(node.span.spanID, node);
  for (const node of nodes) node.parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
  const cycleCount = cutCycles(nodes);
  nodes.sort((left, right) => left.span.startTime - right.span.startTime);
  for (const node of nodes) node.parent?.children.push(node);
  const roots = nodes.filter(({ parent }) => parent === undefined);
  const sameIdCount = nodes.length - byId.size;
  return { nodes: inOrder(roots), roots, repeatedCount, sameIdCount, cycleCount };
}

/**
 * Where the trace begins: the first root that says it is one, else the first that is left. `undefined` for a trace without
 * spans.
 */
export function mainRootOf({ roots }: SpanForest): SpanNode | undefined {
  return roots.find(({ parentId }) => parentId === undefined) ?? roots[0];
}

function newNode(span: JaegerSpan, traceId: string): SpanNode {
  const reference = parentReferenceOf(span, traceId);
  return {
    span,
    parentId: reference?.spanId,
    isAwaited: reference?.isAwaited ?? true,
    parent: undefined,
    children: [],
    depth: 0,
  };
}

/** Makes a root of the earliest span of each cycle. Every span is passed at most twice. */
function cutCycles(nodes: readonly SpanNode[]): number {
  const passed = new Map<SpanNode, number>();
  let cycleCount = 0;
  for (const [walk, start] of nodes.entries()) {
    let node: SpanNode | undefined = start;
    for (; node !== undefined && !passed.has(node); node = node.parent) passed.set(node, walk);
    // Where an earlier walk has been, there is no cycle left.
    if (node === undefined || passed.get(node) !== walk) continue;
    earliestOfCycle(node).parent = undefined;
    cycleCount += 1;
  }
  return cycleCount;
}

function earliestOfCycle(member: SpanNode): SpanNode {
  let earliest = member;
  for (let node = member.parent; node !== undefined && node !== member; node = node.parent)
    if (node.span.startTime < earliest.span.startTime) earliest = node;
  return earliest;
}

function inOrder(roots: readonly SpanNode[]): readonly SpanNode[] {
  const ordered: SpanNode[] = [];
  const stack = roots.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    node.depth = node.parent === undefined ? 0 : node.parent.depth + 1;
    ordered.push(node);
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child !== undefined) stack.push(child);
    }
  }
  return ordered;
}
