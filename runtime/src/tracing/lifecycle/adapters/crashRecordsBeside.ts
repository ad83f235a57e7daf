import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import type { CrashRecordFiles } from '../crashRecordFiles.ts';

/** What is larger is none of ours: texts in a record are bounded. */
const MAX_RECORD_BYTES = 1024 * 1024;
/** A service that crashes in a loop on a machine where nothing reports is not read back without end. */
const MAX_RECORDS = 20;

/**
 * Crash records as files, one for each process: the path that is given with the process' ID behind it. Nothing is created
 * before there is a crash, and no directory ever: where that of the path is missing, nothing is recorded. Files of other
 * users are left alone: in a directory for temporary files, anybody can make one of
 * this name.
 */
export function crashRecordsBeside(path: string): CrashRecordFiles {
  const own = `${path}.${process.pid}`;
  return {
    write: (text) => writeWhole(own, text),
    remove: () => removeQuietly(own),
    takeOthers: () => recordsBeside(path).slice(0, MAX_RECORDS).flatMap(take),
  };
}

function recordsBeside(path: string): readonly string[] {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => join(directory, name));
}

/** Only this user reads it, and a link that somebody put there is not followed. */
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

/** The record in a file, which is gone afterwards; nothing where another process was faster, or where it is not ours. */
function take(path: string): readonly string[] {
  if (!isOurs(path)) return [];
  const claimed = `${path}.claimed-by-${process.pid}`;
  try {
    renameSync(path, claimed);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  try {
    return [readFileSync(claimed, 'utf8')];
  } finally {
    removeQuietly(claimed);
  }
}

function isOurs(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isFile() !== true || status.size > MAX_RECORD_BYTES) return false;
  return process.getuid === undefined || status.uid === process.getuid();
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A record too many is reported once more at the next start; that is better than failing at the end.
  }
}
