import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { nextTurn } from '../core/adapters/nextTurn.ts';
import { toError } from '../core/toError.ts';
import type { ExportProgress } from './exportProgress.ts';
import type { WrittenPage } from './writePages.ts';

/** What an `ExportStream` is made of. */
export interface ExportStreamOptions<Progress extends ExportProgress> {
  readonly format: { readonly contentType: string; readonly fileExtension: string };
  /** What its rows are called: `requests`. */
  readonly rowsName: string;
  readonly pages: Iterator<WrittenPage<Progress>, undefined>;
  /** Before the first page. */
  readonly start: Progress;
}

/** The place in the text where a page ends. */
interface PageEnd<Progress> {
  readonly bytes: number;
  readonly characters: number;
  readonly progress: Progress;
}

/**
 * An export as a text, in UTF-8: a stream of bytes, or of strings after `setEncoding('utf8')`.
 *
 * A page is read when the one before it has been taken, never ahead of it: it holds the text of one page at most, however
 * slow its reader is. The event loop gets a turn before each page.
 *
 * It can be abandoned at any time, with `destroy()`. `progress` tells of the pages that were taken from it to their last byte:
 * an export that starts with its cursor begins with the page that was not, from its beginning.
 *
 * @typeParam Progress - what is told of how far it has come
 */
export class ExportStream<Progress extends ExportProgress = ExportProgress> extends Readable {
  /** For the header `Content-Type`. */
  readonly contentType: string;
  /** `json`, `ndjson` or `csv`. */
  readonly fileExtension: string;
  /** What is exported: `requests`, `groups`. */
  readonly rowsName: string;
  readonly #pages: Iterator<WrittenPage<Progress>, undefined>;
  /** Read already, so that a mistake in the query is thrown to who made it. */
  #firstPage: IteratorResult<WrittenPage<Progress>, undefined> | undefined;
  /** What has been pushed. */
  #end: PageEnd<Progress>;
  /** What has been taken. */
  #taken: Progress;
  /** The pages that have been pushed, and not yet been taken when this was last looked at. */
  #waiting: PageEnd<Progress>[] = [];

  /** See `exportRequests` and `exportErrors`. */
  constructor({ format, rowsName, pages, start }: ExportStreamOptions<Progress>) {
    // With any more, the stream would read pages ahead.
    super({ highWaterMark: 1 });
    this.contentType = format.contentType;
    this.fileExtension = format.fileExtension;
    this.rowsName = rowsName;
    this.#pages = pages;
    this.#firstPage = pages.next();
    this.#taken = start;
    this.#end = { bytes: 0, characters: 0, progress: start };
  }

  /** Where a later export goes on; `undefined`: at the beginning, nothing was taken yet. */
  get cursor(): string | undefined {
    return this.progress.cursor;
  }

  /** How many requests, or groups of errors, there were on the pages that have been taken. */
  get exported(): number {
    return this.progress.exported;
  }

  /** All of it, of the same moment. */
  get progress(): Progress {
    this.#noteTaken();
    return this.#taken;
  }

  override _read(): void {
    this.#pull().catch((thrown: unknown) => this.destroy(toError(thrown)));
  }

  async #pull(): Promise<void> {
    if (this.#firstPage === undefined) await nextTurn();
    for (;;) {
      if (this.destroyed) return;
      const { value: page } = this.#firstPage ?? this.#pages.next();
      this.#firstPage = undefined;
      if (page === undefined) {
        this.push(null);
        return;
      }
      if (this.#pushText(page)) return;
    }
  }

  /** Whether there was anything to push: of nothing, the stream does not ask for more. */
  #pushText({ text, progress }: WrittenPage<Progress>): boolean {
    // At each page, so that those taken do not add up where nobody asks for the progress.
    this.#noteTaken();
    const bytes = Buffer.from(text);
    this.#end = {
      bytes: this.#end.bytes + bytes.length,
      characters: this.#end.characters + text.length,
      progress,
    };
    this.#waiting.push(this.#end);
    if (bytes.length > 0) this.push(bytes);
    return bytes.length > 0;
  }

  #noteTaken(): void {
    const { readableLength } = this;
    const isTaken = (end: PageEnd<Progress>): boolean =>
      // A stream with an encoding counts characters.
      this.readableEncoding === null
        ? end.bytes <= this.#end.bytes - readableLength
        : end.characters <= this.#end.characters - readableLength;
    while (this.#waiting[0] !== undefined && isTaken(this.#waiting[0])) {
      this.#taken = this.#waiting[0].progress;
      this.#waiting.shift();
    }
  }
}
