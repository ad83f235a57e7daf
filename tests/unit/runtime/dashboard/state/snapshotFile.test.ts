import { describe, expect, it } from 'vitest';
import { SnapshotFile } from '../../../../../runtime/src/dashboard/state/snapshotFile.ts';
import { groupId, HOUR, SECOND, testedGroups } from '../../errors/groups/support/groupsFixture.ts';
import { FakeFiles } from './fakeFiles.ts';

const PATH = '/state/groups.ndjson';
const WAIT = 10 * SECOND;

/** A process with a snapshot file among these files. */
function startedProcess(files: FakeFiles, id = 'one', sinceMillis = 1000) {
  const tested = testedGroups();
  const told: string[] = [];
  const file = new SnapshotFile(
    { path: PATH, groups: tested.groups, writer: { id, pid: 7, sinceMillis } },
    { host: tested.host, files, onError: ({ message }) => void told.push(message) },
  );
  /** Lets what was begun come to its end. */
  const passes = async (millis: number): Promise<void> => {
    tested.host.advance(millis);
    await turns();
  };
  return { ...tested, file, told, passes };
}

/** Steps of what is brought back give the event loop a turn. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Files as a process leaves them that had one group, which was resolved. */
async function leftFiles(): Promise<FakeFiles> {
  const files = new FakeFiles();
  const { file, add, groups } = startedProcess(files, 'before', 1);
  await file.open();
  add('a');
  groups.resolve(groupId('a'), { by: 'ann', note: 'fixed' });
  await file.stop();
  return files;
}

describe('a snapshot file', () => {
  it('brings groups back with what people made of them', async () => {
    const { file, group, told } = startedProcess(await leftFiles());
    await file.open();
    expect(group('a')).toMatchObject({ count: 1, state: 'resolved' });
    expect(group('a').history).toMatchObject([{ to: 'resolved', by: 'ann', note: 'fixed' }]);
    expect(told).toEqual([]);
  });

  it('is written at once where there is none, so that what is wrong with its place is known', async () => {
    const files = new FakeFiles();
    const { file, told } = startedProcess(files);
    await file.open();
    expect(files.texts.get(PATH)?.split('\n').slice(1)).toEqual(['{"groups":0}', '']);
    expect(told).toEqual([]);
  });

  it('is written ten seconds later where something has changed, and only then', async () => {
    const files = new FakeFiles();
    const { file, add, passes } = startedProcess(files);
    await file.open();
    add('a');
    await passes(WAIT - 1);
    expect(files.writes).toBe(1);
    await passes(1);
    expect(files.writes).toBe(2);
    expect(files.texts.get(PATH)).toContain(groupId('a'));
    await passes(WAIT);
    expect(files.writes).toBe(2);
    add('a');
    await passes(WAIT);
    expect(files.writes).toBe(3);
  });

  it('is written a last time by stop, and not after it', async () => {
    const files = new FakeFiles();
    const { file, add, passes, host } = startedProcess(files);
    await file.open();
    add('a');
    const timers = host.timerCount;
    await Promise.all([file.stop(), file.stop()]);
    expect(files.writes).toBe(2);
    expect(files.texts.get(PATH)).toContain(groupId('a'));
    expect(host.timerCount).toBe(timers - 1);
    add('a');
    await passes(WAIT);
    expect(files.writes).toBe(2);
  });

  it('has what changes while it is written the next time', async () => {
    const files = new FakeFiles();
    const { file, add, passes } = startedProcess(files);
    await file.open();
    add('a');
    const { promise, resolve } = Promise.withResolvers<void>();
    files.delay = promise;
    await passes(WAIT);
    add('b');
    resolve();
    await turns();
    await passes(WAIT);
    expect(files.writes).toBe(3);
  });

  it('is not written before it was read whole, however long the disk hangs', async () => {
    const files = await leftFiles();
    const before = files.texts.get(PATH);
    files.delay = new Promise(() => undefined);
    const { file, add, told, passes } = startedProcess(files);
    const opened = file.open();
    await passes(5 * SECOND);
    await opened;
    add('b');
    await file.stop();
    expect(told).toEqual([`the snapshot file ${PATH} could not be read within 5000 ms: is the disk slow?`]);
    expect(files.texts.get(PATH)).toBe(before);
  });

  it('keeps stop waiting for five seconds at most', async () => {
    const files = new FakeFiles();
    const { file, add, told, passes } = startedProcess(files);
    await file.open();
    add('a');
    files.delay = new Promise(() => undefined);
    const stopped = file.stop();
    await passes(5 * SECOND);
    await stopped;
    expect(told).toEqual([`the snapshot file ${PATH} could not be written within 5000 ms: is the disk slow?`]);
  });
});

describe('a snapshot file that is broken', () => {
  const ASIDE = `${PATH}.broken-2026-11-27T00-00-00-000Z`;

  it.each<[string, (text: string) => string, string]>([
    ['ends early', (text) => text.slice(0, -13), '1 groups are back'],
    ['is no JSON', () => 'password=hunter2', '0 groups are back'],
    ['is empty', () => '', '0 groups are back'],
    ['is of another version', (text) => text.replace('"version":1', '"version":2'), '0 groups are back'],
    ['has a group that is none', (text) => text.replace('"count":1', '"count":-1'), '0 groups are back'],
  ])('as it %s is told of, and kept beside', async (_, broken, told) => {
    const files = await leftFiles();
    const text = broken(files.texts.get(PATH) ?? '');
    files.texts.set(PATH, text);
    const process = startedProcess(files);
    await process.file.open();
    expect(process.told).toHaveLength(1);
    expect(process.told[0]).toContain(
      `the snapshot file ${PATH} could not be read whole: ${told}, the file is kept as ${ASIDE} (`,
    );
    expect(process.told[0]).not.toContain('hunter2');
    expect(files.texts.get(ASIDE)).toBe(text);
    expect(files.texts.get(PATH)).toContain('"id":"one"');
  });

  it('and cannot be kept beside is not written over', async () => {
    const files = await leftFiles();
    files.texts.set(PATH, 'nonsense');
    files.writeError = 'EROFS';
    const { file, add, told } = startedProcess(files);
    await file.open();
    files.writeError = undefined;
    add('a');
    await file.stop();
    expect(files.texts.get(PATH)).toBe('nonsense');
    expect(told).toEqual([
      `the snapshot file ${PATH} cannot be read, and is left as it is: the disk can only be read: name a path on another, or mount a volume there (EROFS)`,
    ]);
  });

  it('as nobody may read it is not written over', async () => {
    const files = await leftFiles();
    const before = files.texts.get(PATH);
    files.readError = 'EACCES';
    const { file, add, told } = startedProcess(files);
    await file.open();
    files.readError = undefined;
    add('b');
    await file.stop();
    expect(files.texts.get(PATH)).toBe(before);
    expect(told).toEqual([
      `the snapshot file ${PATH} cannot be read, and is left as it is: allow the user of this process to read and write it, and its folder (EACCES)`,
    ]);
  });

  it('as it cannot be written is told of once, and again once it could be', async () => {
    const files = new FakeFiles();
    const { file, add, told, passes } = startedProcess(files);
    const fails = async (): Promise<void> => {
      add('a');
      await passes(WAIT);
    };
    await file.open();
    files.writeError = 'ENOSPC';
    await fails();
    await fails();
    expect(told).toEqual([
      `the snapshot file ${PATH} cannot be written: after a restart, groups of errors will be as they were before: the disk is full: make room (ENOSPC)`,
    ]);
    files.writeError = undefined;
    // What could not be written is written though nothing has changed since.
    await passes(WAIT);
    expect(files.texts.get(PATH)).toContain('"count":2');
    files.writeError = 'ENOSPC';
    await fails();
    expect(told).toHaveLength(2);
  });

  it('fails nobody whose onError throws', async () => {
    const files = new FakeFiles();
    files.writeError = 'EIO';
    const { groups, host } = testedGroups();
    const onError = (): never => {
      throw new Error('no');
    };
    const writer = { id: 'one', pid: 7, sinceMillis: 1 };
    const file = new SnapshotFile({ path: PATH, groups, writer }, { host, files, onError });
    await expect(file.open()).resolves.toBeUndefined();
    await expect(file.stop()).resolves.toBeUndefined();
  });
});

describe('a snapshot file of two processes', () => {
  it('is written by the one that was started last; the other one tells so once', async () => {
    const files = new FakeFiles();
    const first = startedProcess(files, 'first', HOUR);
    await first.file.open();
    first.add('a');
    await first.passes(WAIT);
    const second = startedProcess(files, 'second', 2 * HOUR);
    await second.file.open();
    for (const name of ['b', 'c']) {
      first.add(name);
      await first.passes(WAIT);
    }
    expect(first.told).toEqual([
      `the snapshot file ${PATH} is written by another process, "second" with the number 7, so this one writes it no more: give each a file of its own`,
    ]);
    second.add('d');
    await second.passes(WAIT);
    await first.file.stop();
    const text = files.texts.get(PATH);
    expect(text).toContain('"id":"second"');
    expect([groupId('a'), groupId('d')].every((id) => text?.includes(id))).toBe(true);
    expect(second.told).toEqual([]);
  });

  it('is written by the one after a restart, though the one before had a clock that was ahead', async () => {
    const files = new FakeFiles();
    const first = startedProcess(files, 'first', 2 * HOUR);
    await first.file.open();
    const second = startedProcess(files, 'second', HOUR);
    await second.file.open();
    second.add('a');
    await second.file.stop();
    expect(files.texts.get(PATH)).toContain('"id":"second"');
    expect(second.told).toEqual([]);
  });
});
