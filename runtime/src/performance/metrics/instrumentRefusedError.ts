import { redactedText } from '../../core/redaction.ts';

/** An instrument, or a meter, that counts nothing. Whoever asked for it has got one that does nothing. */
export class InstrumentRefusedError extends Error {
  override readonly name = 'InstrumentRefusedError';
  /** What was asked for, at most 100 characters of it. */
  readonly instrument: string;

  /** @param reason - why, in words */
  constructor(instrument: unknown, reason: string) {
    const shown = redactedText(instrument, { maxLength: 100 });
    super(`${JSON.stringify(shown)} counts nothing: ${reason}`);
    this.instrument = shown;
  }
}
