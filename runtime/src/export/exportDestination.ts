import type { Buffer } from 'node:buffer';
import { OutgoingMessage } from 'node:http';
import { finished, Writable } from 'node:stream';
import { toError } from '../core/toError.ts';

/** The `write` of Node's own streams, which all call back: files, sockets, what compresses; requests and responses. */
const CALLING_BACK = [Writable.prototype, OutgoingMessage.prototype].map(writeOf);

/**
 * A stream of somebody else's that an export is written to. Whatever it does (throw, fail, close, end, be called off), it
 * shows as a rejection of `write` and `end`, and nowhere else.
 */
export class ExportDestination {
  readonly #stream: Writable;
  readonly #stopWatching: () => void;
  #failure: Error | undefined;
  #isEnding = false;
  /** What the stream is waited for: it has taken all of it, or never will. */
  #resolve: () => void = ignore;
  #reject: (error: Error) => void = ignore;

  constructor(stream: Writable, signal: AbortSignal | undefined) {
    this.#stream = stream;
    if (signal?.aborted === true) this.#failure = toError(signal.reason);
    // Without a listener, an error would end the process.
    stream.on('error', ignore);
    // Once for all: what replaces a response's `on`, as compression does, cannot take listeners off again.
    stream.on('drain', this.#drained);
    this.#stopWatching = finished(stream, { readable: false, ...(signal && { signal }) }, (error) =>
      this.#settle(signal?.aborted === true ? toError(signal.reason) : error),
    );
  }

  /**
   * Settles when the stream has taken it all, so that no other write is ever in its way: one that throws does it here, not
   * in a turn of its own. Calls `onTaken` before that, or later where the stream does not say what it has taken.
   */
  write(chunk: Buffer, onTaken: () => void): Promise<void> {
    return this.#wait((resolve, reject) => {
      const taken = (): void => {
        onTaken();
        resolve();
      };
      this.#resolve = taken;
      const hasRoom = this.#stream.write(chunk, (error) => (error ? reject(error) : taken()));
      // What was put in the place of that `write`, as compression does, or a subclass, need not know of callbacks.
      if (hasRoom && !CALLING_BACK.includes(writeOf(this.#stream))) resolve();
    });
  }

  /** Ends the stream, and settles when it has taken all. */
  end(): Promise<void> {
    return this.#wait((resolve) => {
      this.#resolve = resolve;
      this.#isEnding = true;
      this.#stream.end();
    });
  }

  /** Leaves the stream to others, as it is. */
  release(): void {
    this.#unwatch();
    this.#stream.off('error', ignore);
  }

  /** Has nothing to do with the stream any more, which is ended; an error that comes late is nobody's. */
  close(): void {
    this.#unwatch();
  }

  /** Closes the stream, so that nobody takes the half of an export for the whole of it. */
  abandon(): void {
    this.#unwatch();
    this.#stream.destroy();
  }

  readonly #drained = (): void => {
    if (!this.#isEnding) this.#resolve();
  };

  #unwatch(): void {
    this.#stopWatching();
    this.#stream.off('drain', this.#drained);
  }

  #settle(error: Error | null | undefined): void {
    if (!error && this.#isEnding) return this.#resolve();
    this.#failure = error ?? new Error('the destination was ended by somebody else');
    this.#reject(this.#failure);
  }

  #wait(act: (resolve: () => void, reject: (error: Error) => void) => void): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      act(resolve, reject);
    });
  }
}

function writeOf(stream: object): unknown {
  return Reflect.get(stream, 'write');
}

function ignore(): void {
  // `finished` tells of errors.
}
