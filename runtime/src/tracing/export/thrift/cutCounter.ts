import type { Attributes } from '@opentelemetry/api';
import { cutToBytes } from './cutToBytes.ts';
import type { Cut } from './trimSpan.ts';

/** The tag that says that something was cut or left out to make its span, or its process, fit into a packet. */
const TRIMMED = 'tracewright.trimmed';

/** Bytes that were cut off the ends of texts. */
const TRIMMED_BYTES = 'tracewright.trimmed_bytes';

/** Texts that were cut. */
const TRIMMED_TEXTS = 'tracewright.trimmed_texts';

/** Marks that take as much room as any: for trying whether something fits before it is counted. */
export const WIDEST_MARKS: Attributes = {
  [TRIMMED]: true,
  [TRIMMED_BYTES]: Number.MAX_SAFE_INTEGER,
  [TRIMMED_TEXTS]: Number.MAX_SAFE_INTEGER,
};

/** Cuts texts to a length and counts what is lost. */
export class CutCounter {
  readonly #mostBytes: number;
  #bytes = 0;
  #texts = 0;

  /** `mostBytes`: of a text, in UTF-8. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  readonly cut: Cut = (text) => {
    const start = cutToBytes(text, this.#mostBytes);
    if (start === text) return text;
    this.#bytes += Buffer.byteLength(text) - Buffer.byteLength(start);
    this.#texts++;
    return start;
  };

  /** The tags that tell of all that was cut so far. */
  marks(): Attributes {
    return { [TRIMMED]: true, [TRIMMED_BYTES]: this.#bytes, [TRIMMED_TEXTS]: this.#texts };
  }
}
