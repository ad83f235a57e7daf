import type { InstancePart } from '../view.ts';

/** Merges parts of a view that one instance reads for all: there is one. */
export function onlyPart<Part>(parts: readonly InstancePart<Part>[]): Part {
  const [first] = parts;
  if (first === undefined) throw new RangeError('at least one part is there');
  return first.part;
}
