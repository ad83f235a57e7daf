/** A message's headers, whatever they are kept in. */
interface HeaderSource {
  names(): string[];
  /** By the very name, case and all. */
  value(name: string): unknown;
}

/** Reads one message's headers, and finds each without regard to case: some brokers and libraries capitalise the names. */
export class MessageHeaders {
  readonly #carrier: unknown;
  #found: HeaderSource | undefined;
  #spellings: ReadonlyMap<string, string> | undefined;

  /** @param carrier - is not touched before it is read: what it throws then, a propagator catches */
  constructor(carrier: unknown) {
    this.#carrier = carrier;
  }

  /** The names, as far as there is a way to know them. */
  names(): string[] {
    return this.#source.names();
  }

  /** The value under the very name, or else under the first that differs in case only. */
  value(name: string): unknown {
    const value = this.#source.value(name);
    if (value !== undefined && value !== null) return value;
    this.#spellings ??= spellingsOf(this.#source.names());
    const spelling = this.#spellings.get(name.toLowerCase());
    return spelling === undefined ? undefined : this.#source.value(spelling);
  }

  get #source(): HeaderSource {
    return (this.#found ??= sourceOf(this.#carrier));
  }
}

function sourceOf(carrier: unknown): HeaderSource {
  if (typeof carrier !== 'object' || carrier === null) return NO_HEADERS;
  return hasGet(carrier) ? accessedSource(carrier) : recordSource(carrier);
}

const NO_HEADERS: HeaderSource = { names: () => [], value: () => undefined };

function recordSource(record: object): HeaderSource {
  return {
    names: () => Object.keys(record),
    value: (name): unknown => (Object.hasOwn(record, name) ? Reflect.get(record, name) : undefined),
  };
}

/** An object that is asked for its headers, as `Headers` and a `Map` are. Not all of them can tell their names. */
interface WithGet {
  get(name: string): unknown;
  keys?(): Iterable<unknown>;
}

function hasGet(carrier: object): carrier is WithGet {
  return 'get' in carrier && typeof carrier.get === 'function';
}

function accessedSource(carrier: WithGet): HeaderSource {
  return {
    names: () => [...(carrier.keys?.() ?? [])].filter((name) => typeof name === 'string'),
    value: (name) => carrier.get(name),
  };
}

function spellingsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (!spellings.has(lower)) spellings.set(lower, name);
  }
  return spellings;
}
