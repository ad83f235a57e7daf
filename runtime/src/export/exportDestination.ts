import type { Buffer } from 'node:buffer';
import { finished, type Writable } from 'node:stream';
import { toError } from '../core/toError.ts';

/** Somebody waits for the destination. */
interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A stream of somebody else's that an export is written to. Whatever it does (throw, fail, close, end, never answer), it
 * shows as a rejection of `write` and `end`, and nowhere else.
 */
export class ExportDestination {
  readonly #stream: Writable;
  readonly #stopWatching: () => void;
  #waiting: Waiting | undefined;
  #failure: Error | undefined;
  #isEnding = false;
  /** Of what has been written, and not yet been taken, the end. */
  #onTaken: () => void = () => undefined;

  constructor(stream: Writable, signal: AbortSignal | undefined) {
    this.#stream = stream;
    // Without a listener, an error that comes late would end the process.
    stream.on('error', ignore);
    // Once for all: what replaces a response's `on`, as compression does, cannot take listeners off again.
    stream.on('drain', this.#goOn);
    this.#stopWatching = finished(stream, { readable: false, ...(signal && { signal }) }, (error) =>
      this.#settle(signal?.aborted === true ? toError(signal.reason) : error),
    );
  }

  /**
   * Settles when the stream has taken it all, and calls `onTaken` before that. It is called later where the stream does not
   * say what it has taken.
   */
  write(chunk: Buffer, onTaken: () => void): Promise<void> {
    return this.#wait(() => {
      this.#onTaken = onTaken;
      const hasRoom = this.#stream.write(chunk, (error) => {
        if (error) this.#waiting?.reject(error);
        else this.#goOn();
      });
      // What was put in the place of a stream's own `write`, as compression does, need not know of callbacks.
      if (hasRoom && Object.hasOwn(this.#stream, 'write')) this.#waiting?.resolve();
    });
  }

  /** Ends the stream, and settles when it has taken all. */
  end(): Promise<void> {
    return this.#wait(() => {
      this.#isEnding = true;
      this.#stream.end();
    });
  }

  /** Leaves the stream as it is, to others. */
  release(): void {
    this.#stopWatching();
    this.#stream.off('drain', this.#goOn);
    this.#stream.off('error', ignore);
  }

  /** Closes the stream, so that nobody takes the half of an export for the whole of it. */
  abandon(): void {
    this.#stopWatching();
    this.#stream.off('drain', this.#goOn);
    this.#stream.destroy();
  }

  readonly #goOn = (): void => {
    this.#onTaken();
    this.#waiting?.resolve();
  };

  #settle(error: Error | null | undefined): void {
    if (!error && this.#isEnding) return this.#goOn();
    this.#failure = error ?? new Error('the destination was ended by somebody else');
    this.#waiting?.reject(this.#failure);
  }

  async #wait(act: () => void): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#waiting = { resolve: () => resolve(undefined), reject };
    act();
    await promise;
  }
}

function ignore(): void {
  // `finished` tells of errors.
}
