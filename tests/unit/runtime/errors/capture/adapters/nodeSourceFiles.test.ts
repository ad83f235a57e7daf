import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeSourceFiles } from '../../../../../../runtime/src/errors/capture/adapters/nodeSourceFiles.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'source-files-')));

function written(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function linked(path: string, to: string): string {
  const link = join(root, path);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(root, to), link);
  return link;
}

afterAll(() => rmSync(root, { recursive: true }));

describe('the files of an application', () => {
  const file = written('shop/a.js', 'größer');
  const directory = dirname(file);
  const pipe = join(directory, 'pipe.js');
  execFileSync('mkfifo', [pipe]);

  it.each([
    ['the text', file, 8, { text: 'größer' }],
    ['nothing of a longer one', file, 7, { reason: 'too long' }],
    ['nothing of one that is missing', `${file}.map`, 100, { reason: 'missing' }],
    ['nothing of one inside of a file', join(file, 'b.js'), 100, { reason: 'missing' }],
    ['the text of an empty one', written('shop/lib.js/c.js', ''), 100, { text: '' }],
    ['nothing of a directory', join(directory, 'lib.js'), 100, { reason: 'no file' }],
    ['nothing of a pipe, for which it does not wait', pipe, 100, { reason: 'no file' }],
    ['nothing of a device', '/dev/zero', 100, { reason: 'elsewhere' }],
    ['nothing of a name that there cannot be', `${directory}/a\0b`, 100, { reason: 'unreadable' }],
  ])('give %s', async (_, path, maxBytes, expected) => {
    expect(await nodeSourceFiles(directory).read(path, maxBytes)).toEqual(expected);
  });
});

describe('the application that files are read of', () => {
  const text = 'a program';
  const read = { text };
  const elsewhere = { reason: 'elsewhere' };
  const workingDirectory = join(root, 'repository/apps/shop');
  written('repository/apps/shop/package.json', '{"name":"shop"}');
  written('repository/packages/prices/package.json', '{"name":"@shop/prices"}');
  written('repository/packages/prices/dist/package.json', '{"type":"module"}');
  linked('repository/node_modules/@shop/prices', 'repository/packages/prices');
  written('repository/packages/secrets/package.json', '{"name":"@shop/secrets"}');
  written('repository/packages/copied/package.json', '{"name":"@shop/prices"}');
  written('repository/packages/climbing/package.json', '{"name":"../packages/climbing"}');
  written('other/package.json', '{"name":"@shop/other"}');
  linked('repository/node_modules/@shop/other', 'other');
  written('elsewhere/main.js', text);
  linked('repository/apps/shop/out.js', 'elsewhere/main.js');
  linked('current', 'repository/apps/shop');

  it.each([
    ['in the working directory', 'repository/apps/shop/src/main.js', read],
    ['in its node_modules', 'repository/apps/shop/node_modules/a/main.js', read],
    ['in node_modules of a directory above', 'repository/node_modules/b/main.js', read],
    ['in a package that a link there leads to', 'repository/packages/prices/dist/main.js', read],
    ['in a package that no link there leads to', 'repository/packages/secrets/main.js', elsewhere],
    ['in a package with the name of a linked one', 'repository/packages/copied/main.js', elsewhere],
    ['in a package with a name that leads out of there', 'repository/packages/climbing/main.js', elsewhere],
    ['in no package, above', 'repository/infra/config.js', elsewhere],
    ['in a linked package that is not below a node_modules', 'other/main.js', elsewhere],
    ['in another directory', 'elsewhere/main.js', elsewhere],
    ['in a directory whose name begins as this one', 'repository/apps/shopping/main.js', elsewhere],
    ['in node_modules of somebody else', 'elsewhere/node_modules/c/main.js', elsewhere],
  ])('has one %s, or has it not', async (_, path, expected) => {
    expect(await nodeSourceFiles(workingDirectory).read(written(path, text), 100)).toEqual(expected);
  });

  it('has none that a link leads out to', async () => {
    expect(await nodeSourceFiles(workingDirectory).read(join(workingDirectory, 'out.js'), 100)).toEqual(elsewhere);
  });

  it('has those below a working directory that is a link itself, by either name', async () => {
    const file = written('repository/apps/shop/src/main.js', text);
    const files = nodeSourceFiles(join(root, 'current'));
    expect(await files.read(join(root, 'current/src/main.js'), 100)).toEqual(read);
    expect(await files.read(file, 100)).toEqual(read);
  });

  it.each([
    '//server/share/main.js',
    '\\\\server\\share\\main.js',
    `/${join(root, 'repository/apps/shop/src/main.js')}`,
  ])('has none on another machine: %s', async (path) => {
    expect(await nodeSourceFiles(workingDirectory).read(path, 100)).toEqual(elsewhere);
  });

  it.each(['/', join(root, 'nowhere')])('has none where it is said to be in %s', async (directory) => {
    expect(await nodeSourceFiles(directory).read(written('elsewhere/main.js', text), 100)).toEqual(elsewhere);
  });
});
