import { TraceQueryError } from './traceQueryError.ts';
import type { TraceReader } from './traceReader.ts';
import type { TraceAnswer, TraceMethod, TraceQuestion } from './traceWorkerMessages.ts';

/** What a thread tells. */
export interface ThreadEvents {
  readonly onAnswer: (answer: TraceAnswer) => void;
  /** It is no more, and why; may be told twice. */
  readonly onEnd: (error: Error) => void;
}

/** A thread that reads traces. */
export interface RunningThread {
  readonly ask: (question: TraceQuestion) => void;
  readonly stop: () => void;
}

/** How threads are started and bounded in time. */
export interface TraceThreadPorts {
  readonly address: string;
  /** How long an answer may take. */
  readonly timeoutMillis: number;
  /** How long the thread stays when nobody asks. */
  readonly idleMillis: number;
  /** @returns what calls it off */
  readonly schedule: (callback: () => void, delayMillis: number) => () => void;
  /** @throws where no thread can be started */
  readonly start: (events: ThreadEvents) => RunningThread;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly callOff: () => void;
}

/** Reads traces in another thread, which is started when it is needed, and again when it has ended. */
export class TraceThread implements TraceReader {
  readonly #ports: TraceThreadPorts;
  readonly #waiting = new Map<number, Waiting>();
  #thread: RunningThread | undefined;
  #number = 0;
  #callOffIdle: () => void = () => undefined;

  constructor(ports: TraceThreadPorts) {
    this.#ports = ports;
  }

  get address(): string {
    return this.#ports.address;
  }

  readonly services: TraceReader['services'] = () => this.#ask('services');
  readonly operations: TraceReader['operations'] = (service) => this.#ask('operations', service);
  readonly search: TraceReader['search'] = (search) => this.#ask('search', search);
  readonly trace: TraceReader['trace'] = (traceId) => this.#ask('trace', traceId);
  readonly rows: TraceReader['rows'] = (traceId, from) => this.#ask('rows', traceId, from);
  readonly spans: TraceReader['spans'] = (traceId, spanId) => this.#ask('spans', traceId, spanId);
  readonly find: TraceReader['find'] = (traceId, text) => this.#ask('find', traceId, text);

  stop(): void {
    this.#end(new TraceQueryError('broken', 'the page is being stopped'));
  }

  async #ask<Value>(method: TraceMethod, ...given: readonly unknown[]): Promise<Value> {
    const thread = this.#running();
    this.#callOffIdle();
    this.#number += 1;
    const number = this.#number;
    const { timeoutMillis, schedule, address } = this.#ports;
    const value = await new Promise<unknown>((resolve, reject) => {
      const callOff = schedule(() => {
        // It hangs: whoever else waits for it would wait in vain.
        this.#end(new TraceQueryError('slow', `what ${address} answers takes too long to read; seek fewer traces`));
      }, timeoutMillis);
      this.#waiting.set(number, { resolve, reject, callOff });
      thread.ask({ number, method, given });
    });
    // The methods of both sides are the same.
    return value as Value;
  }

  #running(): RunningThread {
    if (this.#thread !== undefined) return this.#thread;
    // Kept apart from the one that is started next: it may tell of its end when that runs.
    const isCurrent = (): boolean => this.#thread === thread;
    const thread = this.#started({
      onAnswer: (answer) => {
        if (isCurrent()) this.#take(answer);
      },
      onEnd: (error) => {
        if (isCurrent()) this.#end(endedError(error));
      },
    });
    this.#thread = thread;
    return thread;
  }

  #started(events: ThreadEvents): RunningThread {
    try {
      return this.#ports.start(events);
    } catch (cause) {
      throw new TraceQueryError('broken', 'no thread could be started to read traces in', { cause });
    }
  }

  #take({ number, value, problem }: TraceAnswer): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    this.#waiting.delete(number);
    waiting.callOff();
    if (this.#waiting.size === 0) {
      this.#callOffIdle = this.#ports.schedule(() => this.stop(), this.#ports.idleMillis);
    }
    if (problem === undefined) waiting.resolve(value);
    else {
      const { kind, message, status } = problem;
      waiting.reject(new TraceQueryError(kind, message, status === undefined ? {} : { status }));
    }
  }

  #end(error: TraceQueryError): void {
    this.#callOffIdle();
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.stop();
    for (const { reject, callOff } of this.#waiting.values()) {
      callOff();
      reject(error);
    }
    this.#waiting.clear();
  }
}

function endedError(cause: Error): TraceQueryError {
  if ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const message = "what Jaeger answers is too large to be read here; seek fewer traces, or look at it in Jaeger's UI";
    return new TraceQueryError('tooLarge', message, { cause });
  }
  return new TraceQueryError('broken', `the thread that reads traces ${cause.message}; ask again`, { cause });
}
