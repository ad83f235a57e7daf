/** The IDs of requests that were given none: the tracker's own and a number, written out only when somebody asks. */
export class OwnIds {
  readonly #prefix: string;

  constructor(trackerId: string) {
    this.#prefix = `${trackerId}-`;
  }

  /** The ID of the request that started as this many. */
  idOf(sequence: number): string {
    return this.#prefix + sequence.toString(36);
  }

  /** As how many the request started whose ID this would be; `undefined` for an ID of another form. */
  sequenceOf(id: string): number | undefined {
    if (!id.startsWith(this.#prefix)) return undefined;
    const sequence = Number.parseInt(id.slice(this.#prefix.length), 36);
    return this.idOf(sequence) === id ? sequence : undefined;
  }
}
