import type { SourceFiles, SourceText, UnreadReason } from '../../../../../runtime/src/errors/capture/sourceFiles.ts';

/** Files of a test, by their paths; a reason instead of a text is why one cannot be read. */
export class FakeFiles implements SourceFiles {
  /** What was asked for, in the order of asking. */
  readonly asked: string[] = [];
  readonly #files: ReadonlyMap<string, string | { readonly reason: UnreadReason }>;
  #reading = 0;
  /** How many were read at the same time. */
  mostAtOnce = 0;

  constructor(files: Readonly<Record<string, string | { readonly reason: UnreadReason }>>) {
    this.#files = new Map(Object.entries(files));
  }

  readonly read = async (path: string, maxBytes: number): Promise<SourceText> => {
    this.asked.push(path);
    this.#reading += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#reading);
    await Promise.resolve();
    this.#reading -= 1;
    const file = this.#files.get(path) ?? { reason: 'missing' };
    if (typeof file !== 'string') return file;
    return Buffer.byteLength(file) > maxBytes ? { reason: 'too long' } : { text: file };
  };
}
