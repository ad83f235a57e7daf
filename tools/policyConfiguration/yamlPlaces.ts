import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** A name of a mapping, or a place in a list. */
export type Step = string | number;

/** Where parts of a YAML document stand. */
export class YamlPlaces {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** The line of what a path leads to, from 1; of the last thing on the way that is there. */
  lineOf(path: readonly Step[]): number {
    let at: unknown = this.#document.contents;
    let line = this.#lineAt(at) || 1;
    for (const step of path) {
      const [next, where] = this.#step(at, step);
      if (next === undefined) break;
      line = this.#lineAt(where) || line;
      at = next;
    }
    return line;
  }

  /**
   * The line of a field as a rule calls it: `spec.containers[0].image`, in which names may have dots of their own. Of the last thing
   * on the way that is there; of several fields (`a.b, a.c`) the first one's.
   * @param start - The path of the object to begin at.
   */
  lineOfField(field: string, start: readonly Step[] = []): number {
    const [first = ''] = field.split(', ');
    return this.lineOf([...start, ...this.#stepsOf(first, this.#nodeAt(start))]);
  }

  #nodeAt(path: readonly Step[]): unknown {
    return path.reduce<unknown>((at, step) => this.#step(at, step)[0], this.#document.contents);
  }

  #stepsOf(field: string, start: unknown): readonly Step[] {
    const steps: Step[] = [];
    let at = start;
    let rest = field;
    for (;;) {
      const step = this.#firstStep(rest, at);
      if (step === undefined) return steps;
      steps.push(step.step);
      [at] = this.#step(at, step.step);
      rest = rest.slice(step.length).replace(/^\./, '');
    }
  }

  /** The longest name that is there: a label's name has dots, and may begin as another one does. */
  #firstStep(rest: string, at: unknown): { readonly step: Step; readonly length: number } | undefined {
    const [index, number] = /^\[(\d+)\]/.exec(rest) ?? [];
    if (index !== undefined) return { step: Number(number), length: index.length };
    const node = this.#resolved(at);
    const names = isMap(node) ? node.items.map(({ key }) => nameOf(key)) : [];
    const [longest] = names
      .filter((name) => rest === name || rest.startsWith(`${name}.`) || rest.startsWith(`${name}[`))
      .sort((a, b) => b.length - a.length);
    return longest === undefined || longest === '' ? undefined : { step: longest, length: longest.length };
  }

  /** What is there, and the node that says where: the name of a mapping's entry stands before its value. */
  #step(at: unknown, step: Step): readonly [unknown, unknown] {
    const node = this.#resolved(at);
    if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      return [isPair(item) ? item.value : item, item];
    }
    if (!isMap(node)) return [undefined, undefined];
    const pair = node.items.find(({ key }) => nameOf(key) === String(step));
    return pair === undefined ? [undefined, undefined] : [pair.value ?? null, pair.key];
  }

  #resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  #lineAt(node: unknown): number {
    const range = hasRange(node) ? node.range : undefined;
    return range === undefined || range === null ? 0 : this.#lines.linePos(range[0]).line;
  }
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function hasRange(node: unknown): node is Pick<Node, 'range'> {
  return typeof node === 'object' && node !== null && 'range' in node;
}
