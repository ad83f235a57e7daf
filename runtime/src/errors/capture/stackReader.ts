/** Making one piece of a longer stack takes milliseconds. */
const LONGEST_STACK = 1_048_576;
/** Beyond what V8 itself says before a message: `TypeError [ERR_INVALID_ARG_TYPE]: `. */
const MOST_HEAD_LENGTH = 256;
/** As much of a message is compared, at its beginning and at its end. */
const COMPARED_LENGTH = 64;
/** As far frames are looked for behind the message, and as much of them is read. */
const WINDOW_LENGTH = 16_384;
const FRAME_START = '\n    at ';

/**
 * Reads the stacks of errors without running a getter of the application's.
 *
 * On Node 24 `stack` is an own accessor of every error, with one function of V8's for all of them; on Node 22 it looks like
 * a plain property. V8's function reads what V8 has kept at the throw, whatever accessor the application has put in its place,
 * gives `undefined` for what has no stack and runs no trap of a Proxy. When a stack is read for the first time, V8 writes it
 * out, for which it asks the error for `name` and `message` and runs the application's `Error.prepareStackTrace`, as for
 * everyone who reads it: an error that would answer by code of its own, an accessor or a Proxy, is only to be given to
 * `readUnwritten`.
 */
export class StackReader {
  /** Ends V8's writing of a stack; nobody gets to see it. */
  readonly #stop = new Error('stopped');
  #v8Stack: PropertyDescriptor | undefined;

  /** The stack, where it is a text of at most 1,048,576 characters, and otherwise the empty text. Never throws. */
  read(thrown: object): string {
    try {
      const descriptor = Object.getOwnPropertyDescriptor(thrown, 'stack');
      const stack: unknown =
        descriptor === undefined || descriptor.get !== undefined ? this.#keptByV8(thrown) : descriptor.value;
      return typeof stack === 'string' && stack.length <= LONGEST_STACK ? stack : '';
    } catch {
      // `Error.prepareStackTrace` or a class's `name`; `readUnwritten` itself.
      return '';
    }
  }

  /**
   * The frames that V8 has kept, or the whole stack where it was written out before; likewise bounded. V8 does not come to
   * write it out: it is asked for the frames (`Error.prepareStackTrace`) and then stopped, so that it asks the error for nothing
   * and keeps nothing, and whoever reads the stack later has it written then. What the application has in this place is put back
   * before anybody else's code runs. Places are those in the files that run, whatever source maps Node itself reads. For errors of this realm. Never throws.
   */
  readUnwritten(thrown: object): string {
    const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    let frames = '';
    const take = (_: unknown, sites: readonly unknown[]): never => {
      frames = sites.map((site) => `${FRAME_START}${String(site)}`).join('');
      throw this.#stop;
    };
    try {
      Object.defineProperty(Error, 'prepareStackTrace', { value: take, configurable: true, writable: true });
    } catch {
      // Intrinsics that are frozen.
      return '';
    }
    try {
      const stack = this.read(thrown);
      return frames === '' ? stack : frames.slice(0, LONGEST_STACK);
    } finally {
      if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
      else Object.defineProperty(Error, 'prepareStackTrace', before);
    }
  }

  #keptByV8(thrown: object): unknown {
    this.#v8Stack ??= v8StackProperty();
    return this.#v8Stack?.get?.call(thrown);
  }
}

/** Of an object that nobody else has seen. */
function v8StackProperty(): PropertyDescriptor | undefined {
  const traced = {};
  Error.captureStackTrace(traced);
  return Object.getOwnPropertyDescriptor(traced, 'stack');
}

/**
 * What comes in a stack after the type and the message, if it has these, which may have lines that look like frames: each frame
 * after a line break. At most 16,384 characters, whatever the length of the stack.
 *
 * @returns the empty text where there are no frames
 */
export function framesText(stack: string, message: string): string {
  const from = stack.startsWith(FRAME_START) ? 0 : endOfMessage(stack, message);
  const near = stack.slice(from, from + WINDOW_LENGTH);
  const start = near.indexOf(FRAME_START);
  if (start !== -1) return wholeLines(stack.slice(from + start, from + start + WINDOW_LENGTH + 1));
  // The message was a longer one when the stack was written.
  const end = from + WINDOW_LENGTH < stack.length ? stack.slice(-WINDOW_LENGTH) : '';
  const first = end.indexOf(FRAME_START);
  return first === -1 ? '' : end.slice(first);
}

/** What a stack says before its frames, without the type: the message as V8 has asked for it. */
export function headText(stack: string, frames: string): string {
  const end = frames === '' ? stack.length : stack.indexOf(frames);
  const head = stack.slice(0, end);
  const start = head.slice(0, MOST_HEAD_LENGTH).indexOf(': ');
  return start === -1 ? '' : head.slice(start + 2);
}

/** A line that is cut in two would say another place. */
function wholeLines(frames: string): string {
  return frames.length > WINDOW_LENGTH ? frames.slice(0, frames.lastIndexOf('\n')) : frames;
}

/** A message that was changed since the error was made is not found: frames are looked for from the beginning. */
function endOfMessage(stack: string, message: string): number {
  if (message === '') return 0;
  const compared = message.slice(0, COMPARED_LENGTH);
  const start = stack.slice(0, MOST_HEAD_LENGTH + COMPARED_LENGTH).indexOf(compared);
  if (start === -1) return 0;
  const end = start + message.length;
  return stack.startsWith(message.slice(-COMPARED_LENGTH), Math.max(start, end - COMPARED_LENGTH)) ? end : 0;
}
