import type { StackFrame } from '../errorFacts.ts';
import { CleanTexts } from './cleanTexts.ts';
import { readableSource } from './readableSource.ts';
import type { SourceFiles } from './sourceFiles.ts';
import { directoryPrefix } from './sourceName.ts';

const MOST_LINE_LENGTH = 200;
const MOST_FILES = 8;
/** As V8 counts lines. */
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;

/** Half a secret is not known as one. No further than to the column. */
const WORD_REST = /^[^\s"'`,;]{0,99}/;

/** The line of a frame, with those around it. Redacted, each cut to 200 characters. */
export interface CodeLines {
  readonly before: readonly string[];
  readonly line: string;
  readonly after: readonly string[];
}

/** What code context needs. */
export interface CodeContextOptions {
  readonly files: SourceFiles;
  /** Takes out of a text what must not be shown. */
  readonly redactText: (text: string) => string;
  /** An absolute path, the one that errors were described with. */
  readonly workingDirectory: string;
  /**
   * How many lines before the frame's and after it.
   * @defaultValue 5
   */
  readonly linesAround?: number;
  /**
   * Of longer files nothing is shown.
   * @defaultValue 2,097,152
   */
  readonly maxFileBytes?: number;
}

/**
 * Shows the code that frames are in. To be asked when an error is shown, and not as it is captured: files are read. Only those
 * of the application's that are programs by their name.
 */
export class CodeContext {
  readonly #files: SourceFiles;
  readonly #texts: CleanTexts;
  readonly #workingDirectory: string;
  readonly #linesAround: number;
  readonly #maxFileBytes: number;
  readonly #read = new Map<string, Promise<readonly string[] | undefined>>();

  constructor({ files, redactText, workingDirectory, linesAround = 5, maxFileBytes = 2_097_152 }: CodeContextOptions) {
    this.#files = files;
    this.#texts = new CleanTexts(redactText);
    this.#workingDirectory = directoryPrefix(workingDirectory);
    this.#linesAround = linesAround;
    this.#maxFileBytes = maxFileBytes;
  }

  /**
   * The lines around a frame; `undefined` where its file cannot be read, or has not so many lines. Never rejects.
   *
   * @param content - the text of the file, where it is known: maps have those of files that are elsewhere
   */
  async linesAround(frame: StackFrame, content?: string): Promise<CodeLines | undefined> {
    const lines = content === undefined ? await this.#linesOf(frame) : this.#linesIn(content);
    const { line: number = 0, column = 1 } = frame;
    const line = lines?.[number - 1];
    if (lines === undefined || line === undefined) return undefined;
    const first = Math.max(0, number - 1 - this.#linesAround);
    return Object.freeze({
      before: this.#shown(lines.slice(first, number - 1)),
      line: this.#texts.clean(partAround(line, column), MOST_LINE_LENGTH),
      after: this.#shown(lines.slice(number, number + this.#linesAround)),
    });
  }

  #shown(lines: readonly string[]): readonly string[] {
    return Object.freeze(lines.map((line) => this.#texts.clean(line, MOST_LINE_LENGTH)));
  }

  #linesIn(text: string): readonly string[] | undefined {
    return text.length > this.#maxFileBytes ? undefined : text.split(LINE_BREAK);
  }

  #linesOf(frame: StackFrame): Promise<readonly string[] | undefined> | undefined {
    const path = readableSource(frame, this.#workingDirectory);
    if (path === undefined) return undefined;
    const known = this.#read.get(path);
    const lines = known ?? this.#readLines(path);
    this.#read.delete(path);
    this.#read.set(path, lines);
    this.#dropOldest();
    return lines;
  }

  async #readLines(path: string): Promise<readonly string[] | undefined> {
    const read = await this.#files.read(path, this.#maxFileBytes);
    return 'text' in read ? read.text.split(LINE_BREAK) : undefined;
  }

  #dropOldest(): void {
    if (this.#read.size <= MOST_FILES) return;
    for (const path of this.#read.keys()) {
      this.#read.delete(path);
      return;
    }
  }
}

/** Of a long line, as minified files have them, what is around the column, from the beginning of a word on. */
function partAround(line: string, column: number): string {
  const start = column - 1 - MOST_LINE_LENGTH / 2;
  if (line.length <= MOST_LINE_LENGTH || start <= 0) return line;
  return `…${line
    .slice(Math.min(start, line.length - MOST_LINE_LENGTH))
    .slice(0, MOST_LINE_LENGTH * 3)
    .replace(WORD_REST, '')}`;
}
