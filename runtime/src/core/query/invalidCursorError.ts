import { shownText } from '../shownText.ts';

/** A cursor is of another tracker, of another kind of query, or was never one. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';

  constructor(cursor: unknown) {
    super(
      `${shownText(cursor)} is no cursor of this tracker: they are not valid after ` +
        'a restart of the process, nor for another kind of query; begin without a cursor',
    );
  }
}
