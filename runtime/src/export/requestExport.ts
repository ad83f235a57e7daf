import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { toError } from '../core/toError.ts';
import { nextTurn } from './adapters/nextTurn.ts';
import type { ExportProgress } from './exportProgress.ts';
import type { RequestFormat } from './formats/requestFormat.ts';
import type { ReadPage } from './readPages.ts';

/** What a `RequestExport` is made of. */
export interface RequestExportOptions {
  readonly format: RequestFormat;
  /** Read already, so that a mistake in the query was thrown to who made it. */
  readonly firstPage: IteratorResult<ReadPage, undefined>;
  /** Those after it. */
  readonly pages: Iterator<ReadPage, undefined>;
  /** Where the first page begins. */
  readonly cursor: string | undefined;
}

/** The place in the text where a page ends. */
interface PageEnd {
  readonly bytes: number;
  readonly characters: number;
  readonly progress: ExportProgress;
}

/**
 * Finished requests as a text, in UTF-8: a stream of bytes, or of strings after `setEncoding('utf8')`.
 *
 * A page is read when the one before it has been taken, never ahead of it: it holds the text of one page at most, however
 * slow its reader is. The event loop gets a turn before each page. What ends while it is read belongs to it until it comes
 * to a page after which there is no other.
 *
 * It can be abandoned at any time, with `destroy()`. `cursor`, `exported` and `missed` tell of the pages that were taken from
 * it to their last byte: an export that starts with this cursor begins with the page that was not, from its beginning.
 */
export class RequestExport extends Readable {
  /** For the header `Content-Type`. */
  readonly contentType: string;
  /** `json`, `ndjson` or `csv`. */
  readonly fileExtension: string;
  readonly #format: RequestFormat;
  readonly #pages: Iterator<ReadPage, undefined>;
  #firstPage: IteratorResult<ReadPage, undefined> | undefined;
  /** What has been pushed. */
  #end: PageEnd;
  /** What has been taken. */
  #taken: ExportProgress;
  /** The pages that have been pushed, and not yet been taken when this was last looked at. */
  #waiting: PageEnd[] = [];

  /** See `exportRequests`. */
  constructor({ format, firstPage, pages, cursor }: RequestExportOptions) {
    // With any more, the stream would read pages ahead.
    super({ highWaterMark: 1 });
    this.contentType = format.contentType;
    this.fileExtension = format.fileExtension;
    this.#format = format;
    this.#firstPage = firstPage;
    this.#pages = pages;
    this.#taken = { cursor, exported: 0, missed: 0 };
    this.#end = { bytes: 0, characters: 0, progress: this.#taken };
  }

  /** Where a later export goes on; `undefined`: at the beginning, nothing was taken yet. */
  get cursor(): string | undefined {
    return this.progress.cursor;
  }

  /** How many requests there were on the pages that have been taken. */
  get exported(): number {
    return this.progress.exported;
  }

  /** How many requests were let go of before they could be read, of those before `cursor`. */
  get missed(): number {
    return this.progress.missed;
  }

  /** All three, of the same moment. */
  get progress(): ExportProgress {
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
      const head = this.#firstPage === undefined ? '' : this.#format.head;
      const { value: page } = this.#firstPage ?? this.#pages.next();
      this.#firstPage = undefined;
      if (page === undefined) return this.#finish();
      const isFirst = this.#end.progress.exported === 0;
      if (this.#pushText(head + this.#format.page(page.requests, isFirst), page.progress)) return;
    }
  }

  #finish(): void {
    const { progress } = this.#end;
    this.#pushText(this.#format.tail(progress), progress);
    this.push(null);
  }

  /** Whether there was anything to push: of nothing, the stream does not ask for more. */
  #pushText(text: string, progress: ExportProgress): boolean {
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
    const isTaken = (end: PageEnd): boolean =>
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
