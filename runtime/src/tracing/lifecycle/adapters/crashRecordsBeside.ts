import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { toError } from '../../../core/toError.ts';
import type { CrashRecordFiles } from '../crashRecordFiles.ts';

/** What is larger is none of ours: texts in a record are bounded. */
const MAX_RECORD_BYTES = 1024 * 1024;
/** A service that crashes in a loop on a machine where nothing reports is not read back without end. */
const MAX_RECORDS = 20;

/**
 * Crash records as files, one for each thread: the path that is given with the process' ID behind it, and that of the
 * thread where it is a worker (`crash.json.77`, `crash.json.77-2`). Nothing is created before there is a crash, and no
 * directory ever: where that of the path is missing, nothing is recorded. Files of other users are left alone: in a
 * directory for temporary files, anybody can make one of this name.
 *
 * @param threadId - 0 for the main thread
 */
export function crashRecordsBeside(path: string, threadId: number): CrashRecordFiles {
  const own = `${path}.${process.pid}${threadId === 0 ? '' : `-${threadId}`}`;
  return {
    write: (text) => writeWhole(own, text),
    takeAll: (onError) => {
      const found = told(() => recordsBeside(path).filter(isOurs), onError) ?? [];
      return found.slice(0, MAX_RECORDS).flatMap((record) => told(() => take(record), onError) ?? []);
    },
  };
}

function recordsBeside(path: string): readonly string[] {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix) && /^\d+(?:-\d+)?$/.test(name.slice(prefix.length)))
    .map((name) => join(directory, name));
}

/** Only this user reads it, and a link that somebody put there is not followed. */
function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const file = openSync(unfinished, O_CREAT | O_EXCL | O_WRONLY, 0o600);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}

/**
 * The record in a file, which is gone afterwards; `undefined` where somebody else was faster: of several that have read it,
 * it is whose removal succeeds. Where that is done by nobody, it is still there for the next.
 */
function take(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    unlinkSync(path);
    return text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isOurs(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true || status.size > MAX_RECORD_BYTES) return false;
  return process.getuid === undefined || status.uid === process.getuid();
}

function told<T>(work: () => T, onError: (error: Error) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    onError(toError(error));
    return undefined;
  }
}
