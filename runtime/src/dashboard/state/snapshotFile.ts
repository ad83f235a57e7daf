import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { isoTime } from '../../core/isoTime.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { toError } from '../../core/toError.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import type { ErrorGroups } from '../../errors/groups/errorGroups.ts';
import type { SavedErrorGroups } from '../../errors/groups/saved/savedErrorGroups.ts';
import { inTurns } from '../inTurns.ts';
import { readSnapshot, readStamp, type ReadSnapshot } from './readSnapshot.ts';
import { SnapshotFileError } from './snapshotFileError.ts';
import type { SnapshotFiles } from './snapshotFiles.ts';
import type { SnapshotStamp, SnapshotWriter } from './snapshotStamp.ts';
import { stampOf, writtenSnapshot } from './writtenSnapshot.ts';

const INTERVAL_MILLIS = 10_000;
/** A disk that hangs keeps neither the page nor the end of the process waiting for longer. */
const PATIENCE_MILLIS = 5000;

/** What a `SnapshotFile` keeps, and where. */
export interface SnapshotFileOptions {
  /** Each process needs a file of its own, in a folder that is there. */
  readonly path: string;
  readonly groups: Pick<ErrorGroups, 'archive' | 'revision'>;
  /** This process. */
  readonly writer: SnapshotWriter;
}

/** What a `SnapshotFile` needs from outside. */
export interface SnapshotFilePorts {
  readonly host: Pick<HostProcess, 'wallMillis' | 'schedule'>;
  readonly files: SnapshotFiles;
  readonly onError: (error: Error) => void;
}

/**
 * A file in which groups of errors, and what people made of them, outlive the process.
 *
 * It is read once, at first; then it is written ten seconds after the last time where something has changed, and at the end: what
 * a process that is killed knew of the last ten seconds is lost. It is always whole. What of it could not be read is reported, and the
 * file kept beside as `<path>.broken-<time>`; where that is not possible it is left as it is, and nothing is written. Of two
 * processes with the same file the one that was started first stops writing, and reports it. Nothing of it ever rejects.
 */
export class SnapshotFile {
  readonly #path: string;
  readonly #groups: SnapshotFileOptions['groups'];
  readonly #writer: SnapshotWriter;
  readonly #host: SnapshotFilePorts['host'];
  readonly #files: SnapshotFiles;
  readonly #onError: (error: Error) => void;
  /** What of the file is known to be there, by who wrote it when. */
  #stamp: SnapshotStamp | undefined;
  #writtenRevision: number | undefined;
  #mayWrite = false;
  #isStopped = false;
  #told: string | undefined;
  #opened: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;
  #cancel: Dispose = () => undefined;

  constructor({ path, groups, writer }: SnapshotFileOptions, { host, files, onError }: SnapshotFilePorts) {
    this.#path = path;
    this.#groups = groups;
    this.#writer = writer;
    this.#host = host;
    this.#files = files;
    this.#onError = neverThrowing(onError);
  }

  /**
   * Brings back what the file has, and begins to write it. Takes five seconds at most: what takes longer goes on, and is reported.
   * Further calls return the same promise.
   */
  open(): Promise<void> {
    return (this.#opened ??= this.#inTime('read', this.#open()));
  }

  /** Writes a last time, where something has changed, in five seconds at most. Further calls return the same promise. */
  stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    return (this.#stopped ??= this.#inTime('written', this.#writeLast()));
  }

  async #open(): Promise<void> {
    this.#mayWrite = await this.#restore();
    // At once: that nothing can be written is not to be learnt when it is needed, and other processes see whose the file is.
    await this.#write();
    this.#writeLater();
  }

  /** @returns whether the file may be written */
  async #restore(): Promise<boolean> {
    try {
      await this.#files.cleanUp(this.#path);
      const read = await readSnapshot(this.#files.read(this.#path));
      this.#stamp = read.stamp;
      await this.#putBack(read);
      return read.problems.length === 0 || (await this.#setAside(read));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return true;
      this.#tell(`cannot be read, and is left as it is${inWords(error)}`, error);
      return false;
    }
  }

  async #putBack({ stamp, groups }: ReadSnapshot): Promise<void> {
    if (stamp === undefined) return;
    const { version, savedMillis, releases } = stamp;
    const saved: SavedErrorGroups = { version, savedMillis, releases, groups };
    await inTurns(this.#groups.archive.restoreEach(saved));
  }

  async #setAside({ groups, problems }: ReadSnapshot): Promise<boolean> {
    const aside = `${this.#path}.broken-${isoTime(this.#host.wallMillis()).replaceAll(/[:.]/g, '-')}`;
    await this.#files.rename(this.#path, aside);
    this.#stamp = undefined;
    this.#tell(
      `could not be read whole: ${groups.length} groups are back, the file is kept as ${aside} (${problems.join('; ')})`,
    );
    return true;
  }

  #writeLater(): void {
    if (this.#isStopped || !this.#mayWrite) return;
    this.#cancel = this.#host.schedule(() => {
      void this.#write().then(() => this.#writeLater());
    }, INTERVAL_MILLIS);
  }

  async #writeLast(): Promise<void> {
    await this.#opened;
    await this.#writing;
    await this.#write();
  }

  /** One at a time: who calls it waits for it. */
  #write(): Promise<void> {
    return (this.#writing = this.#writeChanged());
  }

  async #writeChanged(): Promise<void> {
    // Changes that come while it is written are written the next time.
    const { revision } = this.#groups;
    if (!this.#mayWrite || revision === this.#writtenRevision) return;
    try {
      if (await this.#isTaken()) return;
      const stamp = stampOf(this.#groups.archive, this.#writer);
      await this.#files.write(this.#path, writtenSnapshot(this.#groups.archive, stamp));
      this.#stamp = stamp;
      this.#writtenRevision = revision;
      this.#told = undefined;
    } catch (error) {
      this.#tell(
        `cannot be written: after a restart, groups of errors will be as they were before${inWords(error)}`,
        error,
      );
    }
  }

  /** Whether a process that was started later writes the file: it may have brought back what this one wrote. */
  async #isTaken(): Promise<boolean> {
    const found = await this.#foundStamp();
    if (found === undefined || isSame(found, this.#stamp) || !isLater(found.writer, this.#writer)) return false;
    this.#mayWrite = false;
    const { id, pid } = found.writer;
    this.#tell(
      `is written by another process, ${JSON.stringify(id)} with the number ${pid}, so this one writes it no more: give each a file of its own`,
    );
    return true;
  }

  async #foundStamp(): Promise<SnapshotStamp | undefined> {
    try {
      return await readStamp(this.#files.read(this.#path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The same again and again is told once. */
  #tell(problem: string, cause?: unknown): void {
    if (problem === this.#told) return;
    this.#told = problem;
    this.#onError(new SnapshotFileError(this.#path, problem, cause));
  }

  async #inTime(what: 'read' | 'written', work: Promise<void>): Promise<void> {
    try {
      await withTimeout(work, { operation: what, timeoutMillis: PATIENCE_MILLIS, host: this.#host });
    } catch (error) {
      this.#tell(`could not be ${what} within ${PATIENCE_MILLIS} ms: is the disk slow?`, toError(error));
    }
  }
}

function isSame(found: SnapshotStamp, known: SnapshotStamp | undefined): boolean {
  return found.savedMillis === known?.savedMillis && found.writer.id === known.writer.id;
}

function isLater(one: SnapshotWriter, other: SnapshotWriter): boolean {
  const byTime = one.sinceMillis - other.sinceMillis || one.pid - other.pid;
  return byTime > 0 || (byTime === 0 && one.id > other.id);
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'make its folder, or name another path',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'allow the user of this process to read and write it, and its folder',
  EPERM: 'allow the user of this process to read and write it, and its folder',
  EROFS: 'the disk can only be read: name a path on another, or mount a volume there',
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'the disk is full: make room',
};

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Why, and what to do. */
function inWords(error: unknown): string {
  const code = codeOf(error);
  const remedy = code === undefined ? undefined : REMEDIES[code];
  return remedy === undefined ? ` (${toError(error).message})` : `: ${remedy} (${code})`;
}
