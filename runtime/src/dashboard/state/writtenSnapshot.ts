import type { GroupArchive } from '../../errors/groups/saved/groupArchive.ts';
import { SNAPSHOT_FORMAT, type SnapshotStamp } from './snapshotStamp.ts';

/** Some forty groups: to make a piece takes a few milliseconds. */
const PIECE_LENGTH = 32 * 1024;

/**
 * A snapshot file in pieces, of which each is made when it is asked for: lines of JSON, first the stamp, then a line for each group,
 * last how many these are.
 */
export function* writtenSnapshot(
  archive: Pick<GroupArchive, 'saveEach'>,
  stamp: SnapshotStamp,
): Generator<string, undefined> {
  let groups = 0;
  let piece = lineOf(stamp);
  for (const group of archive.saveEach()) {
    piece += lineOf(group);
    groups += 1;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield piece + lineOf({ groups });
  return undefined;
}

/** A stamp of now. */
export function stampOf(
  archive: Pick<GroupArchive, 'saveWithoutGroups'>,
  writer: SnapshotStamp['writer'],
): SnapshotStamp {
  const { version, savedMillis, releases } = archive.saveWithoutGroups();
  return { format: SNAPSHOT_FORMAT, version, savedMillis, writer, releases: [...releases] };
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
