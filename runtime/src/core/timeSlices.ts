/** Slices of one width, and how long they are kept before they become part of the next wider ones. In milliseconds. */
export interface SliceLevel {
  readonly widthMillis: number;
  readonly keptMillis: number;
}

/** What a slice holds: sums, to which those of other slices can be added. */
export interface SliceContent<Content> {
  merge(other: Content): void;
}

/** What happened between `startMillis` and the end of the slice. */
export interface TimeSlice<Content> {
  readonly startMillis: number;
  readonly content: Content;
}

/**
 * What happened lately, in slices of time: what has grown old enough is merged into the next wider slice, so that nothing is
 * lost before the widest are let go of, and little is kept. Slices in which nothing happened take no memory. All times are
 * of a clock that never goes back.
 */
export class TimeSlices<Content extends SliceContent<Content>> {
  readonly #widths: readonly SliceLevel[];
  readonly #create: () => Content;
  readonly #levels: readonly TimeSlice<Content>[][];
  /** The narrowest slice that was asked for last, and its number. */
  #current: Content | undefined;
  #currentNumber = 0;
  #size = 0;

  /**
   * @param levels - the narrowest first, at least one; each width is a multiple of the one before
   * @param create - makes an empty slice
   */
  constructor(levels: readonly SliceLevel[], create: () => Content) {
    this.#widths = levels;
    this.#create = create;
    this.#levels = levels.map(() => []);
  }

  /** How many slices there are. */
  get size(): number {
    return this.#size;
  }

  /** The slice of now, to be added to. */
  at(nowMillis: number): Content {
    const number = Math.floor(nowMillis / (this.#widths[0]?.widthMillis ?? 1));
    if (this.#current === undefined || number !== this.#currentNumber) {
      this.rollUp(nowMillis);
      this.#current = this.#sliceAt(0, nowMillis);
      this.#currentNumber = number;
    }
    return this.#current;
  }

  /** Moves what has grown old, and lets go of what the widest level does not keep. */
  rollUp(nowMillis: number): void {
    for (const [index, { widthMillis, keptMillis }] of this.#widths.entries()) {
      const slices = this.#levels[index] ?? [];
      while (slices[0] !== undefined && slices[0].startMillis + widthMillis <= nowMillis - keptMillis) {
        const { startMillis, content } = slices.shift() as TimeSlice<Content>;
        this.#size -= 1;
        if (content === this.#current) this.#current = undefined;
        if (index + 1 < this.#widths.length) this.#sliceAt(index + 1, startMillis).merge(content);
      }
    }
  }

  /** The sum of all slices that begin at a moment or later, after moving what has grown old. */
  since(fromMillis: number, nowMillis: number): Content {
    this.rollUp(nowMillis);
    const sum = this.#create();
    for (const { startMillis, content } of this.slices()) if (startMillis >= fromMillis) sum.merge(content);
    return sum;
  }

  /** The slice that holds what happened at a moment, however wide it is by now; `undefined` where it is let go of. */
  holding(millis: number): Content | undefined {
    for (const [index, { widthMillis }] of this.#widths.entries()) {
      const startMillis = Math.floor(millis / widthMillis) * widthMillis;
      const found = this.#levels[index]?.find((slice) => slice.startMillis === startMillis);
      if (found !== undefined) return found.content;
    }
    return undefined;
  }

  /** Every slice; of each level the oldest first, the narrowest level first. */
  *slices(): Generator<TimeSlice<Content>, undefined> {
    for (const slices of this.#levels) yield* slices;
    return undefined;
  }

  /** As `slices`, with the width of each. */
  *sized(): Generator<TimeSlice<Content> & Pick<SliceLevel, 'widthMillis'>, undefined> {
    for (const [index, { widthMillis }] of this.#widths.entries())
      for (const slice of this.#levels[index] ?? []) yield { ...slice, widthMillis };
    return undefined;
  }

  /** Adds all that another of the same levels holds. */
  merge(other: TimeSlices<Content>): void {
    for (const [index, slices] of other.#levels.entries())
      for (const { startMillis, content } of slices) this.#sliceAt(index, startMillis).merge(content);
  }

  /** The slice of a level that a moment is in. */
  #sliceAt(level: number, millis: number): Content {
    const width = this.#widths[level]?.widthMillis ?? 1;
    const startMillis = Math.floor(millis / width) * width;
    const slices = this.#levels[level] ?? [];
    let index = slices.length;
    while (index > 0 && (slices[index - 1] as TimeSlice<Content>).startMillis > startMillis) index -= 1;
    const found = slices[index - 1];
    if (found?.startMillis === startMillis) return found.content;
    const content = this.#create();
    slices.splice(index, 0, { startMillis, content });
    this.#size += 1;
    return content;
  }
}
