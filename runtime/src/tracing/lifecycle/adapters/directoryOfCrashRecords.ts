import {
  constants,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { CrashRecordFiles } from '../crashRecordFiles.ts';

const SUFFIX = '.crash.json';
/** What is larger is none of ours: texts in a record are bounded. */
const MAX_RECORD_BYTES = 1024 * 1024;
/** A service that crashes in a loop on a machine where nothing reports is not read back without end. */
const MAX_RECORDS = 20;

/**
 * Crash records in a directory of this user's own, a file a process. Nothing is created before there is a crash. A
 * directory that others may write to, or that is a link, is refused: in a shared temporary directory anybody could have
 * made it.
 *
 * @param directory - where records are kept, as an absolute path
 * @param serviceName - whose records they are
 */
export function directoryOfCrashRecords(directory: string, serviceName: string): CrashRecordFiles {
  const prefix = `${encodeURIComponent(serviceName)}.`;
  const own = `${prefix}${process.pid}${SUFFIX}`;
  return {
    write: (text) => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      refuseForeign(directory);
      writeWhole(join(directory, own), text);
    },
    remove: () => removeQuietly(join(directory, own)),
    takeOthers: () => {
      if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) return [];
      refuseForeign(directory);
      const isRecord = (name: string): boolean => name.startsWith(prefix) && name.endsWith(SUFFIX);
      return readdirSync(directory)
        .filter(isRecord)
        .slice(0, MAX_RECORDS)
        .flatMap((name) => take(join(directory, name)));
    },
  };
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A record too many is reported once more at the next start; that is better than failing at the end.
  }
}

function refuseForeign(directory: string): void {
  const status = lstatSync(directory);
  const isOurs = status.isDirectory() && (process.getuid === undefined || status.uid === process.getuid());
  const isClosed = process.platform === 'win32' || (status.mode & 0o022) === 0;
  if (isOurs && isClosed) return;
  throw new Error(
    `${directory} is not used for crash records: it is a link, belongs to another user, or others may write to it. ` +
      'Allowed: a directory of this user with mode 0700. Remove it, or name another one in TRACEWRIGHT_CRASH_RECORD_DIRECTORY.',
  );
}

function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const file = openSync(unfinished, O_CREAT | O_EXCL | O_WRONLY, 0o600);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}

/** The record in a file, which is gone afterwards; nothing where another process was faster. */
function take(path: string): readonly string[] {
  const claimed = `${path}.${process.pid}.claimed`;
  try {
    renameSync(path, claimed);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  try {
    return statSync(claimed).size > MAX_RECORD_BYTES ? [] : [readFileSync(claimed, 'utf8')];
  } finally {
    rmSync(claimed, { force: true });
  }
}
