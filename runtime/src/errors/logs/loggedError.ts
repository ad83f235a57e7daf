/** What the first line of a stack begins with, as the platform writes it: `RangeError: sold out`. */
const TYPE = /^[A-Za-z_$][\w$.]{0,99}(?=: |\n|$)/;
const MOST_HEAD_LENGTH = 120;

/** A line told of an error and there was no error object with it: its text, and the stack where the line has one. */
export class LoggedError extends Error {
  override readonly name: string;

  constructor(message: string, stack?: string) {
    super(message);
    // The type that was thrown, where it is a copy of an error.
    this.name = (stack !== undefined && TYPE.exec(stack.slice(0, MOST_HEAD_LENGTH))?.[0]) || 'LoggedError';
    // It was made here, and not where anything went wrong.
    Object.defineProperty(this, 'stack', { value: stack ?? `${this.name}: ${message}` });
  }
}
