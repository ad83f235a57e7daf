import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import type { ViewSource } from '../viewSource.ts';

/** What may have changed. */
export type Topic = 'requests' | 'errors' | 'performance' | 'accounting';

/** A stream to one viewer. */
export interface LiveStream {
  /** Sends a text. @returns how many bytes wait to be taken by the viewer */
  readonly send: (text: string) => number;
  /** Ends it. */
  readonly end: () => void;
}

/** A person with some tabs in some browsers is far below. */
const MAX_STREAMS_OF_ONE = 20;
const TICK_MILLIS = 1_000;
const HEARTBEAT_TICKS = 15;
/** Who has not read so much is cut off, and comes again when there is somebody. */
const MAX_WAITING_BYTES = 64 * 1024;
/** What a browser waits before it comes again. */
const GREETING = 'retry: 2000\n: tracewright\n\n';

/**
 * Tells viewers at most once a second what changed, all of them by the same text. Looks at counters, and only while somebody
 * watches: what is counted costs nothing more for it.
 */
export class LiveHub {
  readonly #source: Pick<ViewSource, 'observability' | 'wallMillis'>;
  readonly #host: Pick<HostProcess, 'schedule'>;
  readonly #maxStreams: number;
  /** Streams, and whose they are. */
  readonly #streams = new Map<LiveStream, string>();
  readonly #touched = new Set<Topic>();
  #seen: Readonly<Partial<Record<Topic, string>>> = {};
  #ticks = 0;
  #stopTicking: Dispose | undefined;
  #isStopped = false;

  constructor(
    source: Pick<ViewSource, 'observability' | 'wallMillis'>,
    { host, maxStreams }: { readonly host: Pick<HostProcess, 'schedule'>; readonly maxStreams: number },
  ) {
    this.#source = source;
    this.#host = host;
    this.#maxStreams = maxStreams;
  }

  /**
   * Why a viewer cannot be told, in words; `undefined` where it can.
   *
   * @param viewer - who it is: one session, or all of one address
   */
  refusalOf(viewer: string): string | undefined {
    if (this.#isStopped) return 'The page was stopped.';
    if (this.#streams.size >= this.#maxStreams) {
      return `${this.#streams.size} viewers are told already, which is all that maxStreams allows. The page asks by itself.`;
    }
    const own = [...this.#streams.values()].filter((other) => other === viewer).length;
    if (own < MAX_STREAMS_OF_ONE) return undefined;
    return `You watch ${own} times already, which is all that one may. Close other tabs; the page asks by itself.`;
  }

  /** How many streams there are. */
  get streams(): number {
    return this.#streams.size;
  }

  /** Tells a viewer from now on; after `stop()` its stream ends at once. @returns the stream is over */
  add(stream: LiveStream, viewer: string): Dispose {
    if (this.#isStopped) {
      stream.end();
      return () => undefined;
    }
    this.#streams.set(stream, viewer);
    stream.send(GREETING);
    if (this.#stopTicking === undefined) {
      this.#seen = this.#countersNow();
      this.#tickLater();
    }
    return () => {
      this.#streams.delete(stream);
      if (this.#streams.size === 0) this.#rest();
    };
  }

  /** Something changed that no counter tells of. */
  touch(topic: Topic): void {
    if (this.#streams.size > 0) this.#touched.add(topic);
  }

  /** Ends all streams; there are none from now on. */
  stop(): void {
    this.#isStopped = true;
    for (const stream of this.#streams.keys()) stream.end();
    this.#streams.clear();
    this.#rest();
  }

  #rest(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
    this.#touched.clear();
  }

  #tickLater(): void {
    this.#stopTicking = this.#host.schedule(() => {
      this.#tick();
      if (this.#streams.size > 0) this.#tickLater();
    }, TICK_MILLIS);
  }

  #tick(): void {
    this.#ticks += 1;
    const now = this.#countersNow();
    const changed = TOPICS.filter((topic) => now[topic] !== this.#seen[topic] || this.#touched.has(topic));
    this.#seen = now;
    this.#touched.clear();
    if (changed.length > 0) this.#tellAll(`event: changed\ndata: ${this.#said(changed)}\n\n`);
    else if (this.#ticks % HEARTBEAT_TICKS === 0) this.#tellAll(':\n\n');
  }

  #said(topics: readonly Topic[]): string {
    return JSON.stringify({ topics, asOfMillis: Math.round(this.#source.wallMillis()) });
  }

  #tellAll(text: string): void {
    for (const stream of [...this.#streams.keys()]) {
      if (stream.send(text) <= MAX_WAITING_BYTES) continue;
      this.#streams.delete(stream);
      stream.end();
    }
    if (this.#streams.size === 0) this.#rest();
  }

  #countersNow(): Readonly<Partial<Record<Topic, string>>> {
    const { requests, errors, performance, tracing } = this.#source.observability;
    const asked = requests?.counts();
    const thrown = errors?.groups.counts();
    const read = performance?.series.counts().appended;
    const spans = tracing?.stats();
    // Spans may be lost long after they were made.
    const dropped = Object.values(spans?.dropped ?? {}).join(' ');
    const counters = {
      requests: `${asked?.started} ${asked?.completed} ${asked?.failed} ${asked?.kept}`,
      errors: `${thrown?.errors} ${errors?.groups.revision}`,
      performance: String(read),
    };
    return {
      ...counters,
      accounting: `${counters.requests} ${counters.errors} ${read} ${spans?.created} ${spans?.exported} ${dropped}`,
    };
  }
}

const TOPICS: readonly Topic[] = ['requests', 'errors', 'performance', 'accounting'];
