import type { SnapshotFiles } from '../../../../../runtime/src/dashboard/state/snapshotFiles.ts';

/** Files in memory, of which some may be broken. */
export class FakeFiles implements SnapshotFiles {
  readonly texts = new Map<string, string>();
  /** What reading and writing fail with, by its code. */
  readError: string | undefined;
  writeError: string | undefined;
  /** What each read and write waits for. */
  delay: Promise<void> = Promise.resolve();
  writes = 0;

  async *read(path: string): AsyncGenerator<string> {
    await this.delay;
    if (this.readError !== undefined) throw failure(this.readError);
    const text = this.texts.get(path);
    if (text === undefined) throw failure('ENOENT');
    for (let start = 0; start < text.length; start += 1000) yield text.slice(start, start + 1000);
  }

  readonly write = async (path: string, pieces: Iterable<string>): Promise<void> => {
    await this.delay;
    if (this.writeError !== undefined) throw failure(this.writeError);
    this.texts.set(path, [...pieces].join(''));
    this.writes += 1;
  };

  readonly rename = async (path: string, newPath: string): Promise<void> => {
    await this.delay;
    if (this.writeError !== undefined) throw failure(this.writeError);
    const text = this.texts.get(path);
    if (text === undefined) throw failure('ENOENT');
    this.texts.delete(path);
    this.texts.set(newPath, text);
  };

  readonly cleanUp = (): Promise<void> => this.delay;
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: as the file system says`), { code });
}
