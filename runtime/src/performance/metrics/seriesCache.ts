import { ownCopy } from '../../core/ownCopy.ts';
import { type AttributeScalar, type GivenAttribute, MAX_TEXT_LENGTH } from './seriesAttributes.ts';

type Branches<S> = Map<AttributeScalar, CacheNode<S>>;

/** Where a walk over attributes has come to. */
class CacheNode<S> {
  series: S | undefined = undefined;
  /** The key that attributes went on with here first: who measures gives them mostly in one order. */
  key: string | undefined = undefined;
  branches: Branches<S> | undefined = undefined;
  others: Map<string, Branches<S>> | undefined = undefined;
}

/**
 * Finds series by walking over attributes in the order in which they are given, without making a text of them. It holds
 * nothing that could not be found otherwise: when it is full it begins anew, so that attributes that never come again do
 * not take the place of those that do.
 */
export class SeriesCache<S> {
  readonly #maxNodes: number;
  #root = new CacheNode<S>();
  #nodes = 0;

  /** @param maxNodes - how many steps of walks are kept, which bounds the memory */
  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  /** The series that was remembered for these attributes in this order. */
  find(attributes: object): S | undefined {
    let node = this.#root;
    for (const key of Object.keys(attributes)) {
      const value: unknown = (attributes as Readonly<Record<string, unknown>>)[key];
      if (value === undefined || value === null) continue;
      if (!isWalkable(value)) return undefined;
      const next = (node.key === key ? node.branches : node.others?.get(key))?.get(value);
      if (next === undefined) return undefined;
      node = next;
    }
    return node.series;
  }

  remember(given: readonly GivenAttribute[], series: S): void {
    if (!given.every(([key, value]) => key.length <= MAX_TEXT_LENGTH && isWalkable(value))) return;
    if (this.#nodes + given.length > this.#maxNodes) {
      this.#root = new CacheNode<S>();
      this.#nodes = 0;
    }
    let node = this.#root;
    for (const [key, value] of given) if (isWalkable(value)) node = this.#step(node, key, value);
    node.series = series;
  }

  #step(node: CacheNode<S>, key: string, value: AttributeScalar): CacheNode<S> {
    const branches = branchesFor(node, key);
    let next = branches.get(value);
    if (next === undefined) {
      next = new CacheNode<S>();
      branches.set(typeof value === 'string' ? ownCopy(value) : value, next);
      this.#nodes += 1;
    }
    return next;
  }
}

/** Long texts are not kept, and are not worth the time of hashing them. */
function isWalkable(value: unknown): value is AttributeScalar {
  return typeof value === 'string'
    ? value.length <= MAX_TEXT_LENGTH
    : typeof value === 'number' || typeof value === 'boolean';
}

function branchesFor<S>(node: CacheNode<S>, key: string): Branches<S> {
  node.key ??= key;
  if (node.key === key) return (node.branches ??= new Map<AttributeScalar, CacheNode<S>>());
  node.others ??= new Map();
  const known = node.others.get(key);
  if (known !== undefined) return known;
  const branches: Branches<S> = new Map();
  node.others.set(key, branches);
  return branches;
}
