import type { SpanForest, SpanNode } from './spanForest.ts';
import { mainRootOf } from './spanForest.ts';

/** A time in which a span was what everything waited for; microseconds since 1970. */
export interface CriticalSection {
  readonly from: number;
  readonly to: number;
}

/** A span on the way back through the trace. */
interface Visit {
  readonly node: SpanNode;
  readonly from: number;
  readonly to: number;
  /** Children within this time, those that end last at the end. */
  readonly children: Visit[];
}

/**
 * What made a trace take as long as it did: from the end of the main root backwards, always the child that ended last before
 * what came after it could begin, and the span itself where none of its children was at work. Children that nobody waits for
 * (they only follow from their parents) are not on it; those that go on after their parent's end count until then.
 *
 * The sections cover the time of the main root, each moment once. Takes a time that grows with the number of spans, but for
 * sorting, and no recursion.
 *
 * @returns the sections of every span that has some, each span's from the first on
 */
export function criticalPath(forest: SpanForest): ReadonlyMap<SpanNode, readonly CriticalSection[]> {
  const root = mainRootOf(forest);
  const sections = new Map<SpanNode, CriticalSection[]>();
  if (root === undefined) return sections;
  const note = (node: SpanNode, from: number, to: number): void => {
    if (from >= to) return;
    const own = sections.get(node);
    if (own === undefined) sections.set(node, [{ from, to }]);
    else own.push({ from, to });
  };
  const visit = visitOf(root, forest);
  const stack = [visit];
  let until = visit.to;
  for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
    const child = lastBefore(current.children, until);
    if (child !== undefined) {
      note(current.node, child.to, until);
      until = child.to;
      stack.push(child);
    } else {
      note(current.node, current.from, until);
      until = Math.min(until, current.from);
      stack.pop();
    }
  }
  for (const own of sections.values()) own.reverse();
  return sections;
}

/** Takes children off that end later: at what comes before, they are too late as well. */
function lastBefore(children: Visit[], until: number): Visit | undefined {
  for (let child = children.pop(); child !== undefined; child = children.pop()) if (child.to <= until) return child;
  return undefined;
}

/** The spans that are awaited beneath a root, each cut to the time of its parent. */
function visitOf(root: SpanNode, { nodes }: SpanForest): Visit {
  const visits = new Map<SpanNode, Visit>();
  const rootVisit = { node: root, from: root.span.startTime, to: endOf(root), children: [] };
  visits.set(root, rootVisit);
  // Parents are before their children.
  for (const node of nodes) {
    const parent = node.parent && visits.get(node.parent);
    if (parent === undefined || !node.isAwaited) continue;
    const from = Math.max(node.span.startTime, parent.from);
    const to = Math.min(endOf(node), parent.to);
    if (from > to) continue;
    const visit = { node, from, to, children: [] };
    visits.set(node, visit);
    parent.children.push(visit);
  }
  // Of those that end at once, the one that began first explains most.
  for (const { children } of visits.values())
    children.sort((left, right) => left.to - right.to || right.from - left.from);
  return rootVisit;
}

function endOf({ span }: SpanNode): number {
  return span.startTime + span.duration;
}
