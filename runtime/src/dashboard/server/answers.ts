import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { nextTurn } from '../../core/adapters/nextTurn.ts';
import type { PartsSource, RawInput } from '../api/partsSource.ts';
import type { DefinedView } from '../api/view.ts';
import { ProblemError } from './problem.ts';

/** Equal questions within this time have one answer. */
const FRESH_MILLIS = 1_000;
const MAX_ANSWERS = 200;
/** Of all that are kept, packed or not: lists of thousands have some megabytes each. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Below it a packet holds it as it is. */
const COMPRESSED_FROM_BYTES = 1_400;

const compress = promisify(gzip);

/** An answer as it is sent. */
export interface SerializedAnswer {
  readonly body: Buffer;
  /** Not there where it is short. */
  readonly gzip: Buffer | undefined;
  /** Of what was found; when it was asked does not matter. */
  readonly etag: string;
}

interface Kept {
  readonly answer: Promise<SerializedAnswer>;
  readonly atMillis: number;
  /** Whether it is being worked out still: then it is shared, however long that takes. */
  isPending: boolean;
  /** 0 until it is there. */
  bytes: number;
}

/** What answers are made with. */
export interface AnswersPorts {
  readonly parts: PartsSource;
  readonly wallMillis: () => number;
  readonly monotonicMillis: () => number;
}

/** Answers of views, worked out and serialised once for all who ask the same within a second. */
export class Answers {
  readonly #ports: AnswersPorts;
  readonly #kept = new Map<string, Kept>();
  #turns: Promise<void> = Promise.resolve();

  constructor(ports: AnswersPorts) {
    this.#ports = ports;
  }

  /** @throws ZodError where the query is wrong; ProblemError where no instance has what was asked for */
  get(view: DefinedView, query: RawInput): Promise<SerializedAnswer> {
    const key = JSON.stringify([view.path, Object.entries(query).sort(([left], [right]) => (left < right ? -1 : 1))]);
    const nowMillis = this.#ports.monotonicMillis();
    const kept = this.#kept.get(key);
    if (kept && isShared(kept, nowMillis)) return kept.answer;
    this.#makeRoom(nowMillis);
    return this.#keep(key, { answer: this.#make(view, query), atMillis: nowMillis, isPending: true, bytes: 0 });
  }

  /** Something was changed: whoever asks sees it. */
  forget(): void {
    this.#kept.clear();
  }

  #keep(key: string, made: Kept): Promise<SerializedAnswer> {
    this.#kept.set(key, made);
    made.answer.then(
      ({ body, gzip }) => {
        made.isPending = false;
        made.bytes = body.length + (gzip?.length ?? 0);
        this.#keepWithinBytes();
      },
      () => {
        // What failed is asked again; another may have been made since.
        if (this.#kept.get(key) === made) this.#kept.delete(key);
      },
    );
    return made.answer;
  }

  async #make(view: DefinedView, query: RawInput): Promise<SerializedAnswer> {
    const parsed = view.parse(query);
    const { parts, answers } = await this.#ports.parts.collect(view, query);
    if (parts.length === 0) throw new ProblemError(404, 'Not found', view.missing(parsed));
    await this.#turn();
    const found = JSON.stringify({ instances: answers, result: view.merge(parts, parsed) });
    const body = Buffer.from(`{"asOfMillis":${this.#ports.wallMillis()},${found.slice(1)}`);
    const etag = `"${createHash('sha256').update(found).digest('base64url').slice(0, 22)}"`;
    return { body, etag, gzip: body.length < COMPRESSED_FROM_BYTES ? undefined : await compress(body) };
  }

  /** What is merged and serialised holds the thread: of many answers each has a turn of its own, the application's work between. */
  #turn(): Promise<void> {
    return (this.#turns = this.#turns.then(nextTurn));
  }

  /** The oldest go first; the newest stays, however large. */
  #keepWithinBytes(): void {
    let bytes = [...this.#kept.values()].reduce((sum, kept) => sum + kept.bytes, 0);
    const done = [...this.#kept].filter(([, { isPending }]) => !isPending);
    for (const [key, kept] of done.slice(0, -1)) {
      if (bytes <= MAX_BYTES) return;
      this.#kept.delete(key);
      bytes -= kept.bytes;
    }
  }

  #makeRoom(nowMillis: number): void {
    for (const [key, kept] of this.#kept) {
      if (!isShared(kept, nowMillis) || this.#kept.size >= MAX_ANSWERS) this.#kept.delete(key);
    }
  }
}

function isShared({ isPending, atMillis }: Kept, nowMillis: number): boolean {
  return isPending || nowMillis - atMillis < FRESH_MILLIS;
}
