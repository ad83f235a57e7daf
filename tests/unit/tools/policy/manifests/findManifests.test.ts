import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findManifests } from '../../../../../tools/policy/manifests/findManifests.ts';
import { readManifests } from '../../../../../tools/policy/manifests/readManifests.ts';

function directoryWith(...files: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-manifests-'));
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), 'apiVersion: v1\nkind: Pod\n');
  }
  return directory;
}

test('files below a directory are found in the order of their names', async () => {
  const directory = directoryWith('b.yaml', 'a/z.yml', 'a/b/c.json', 'c.YAML', 'readme.md', 'a/values.tpl');
  const { files } = await findManifests([directory]);
  expect(files).toEqual(['a/b/c.json', 'a/z.yml', 'b.yaml', 'c.YAML'].map((file) => join(directory, file)));
});

test('hidden directories, installed packages and symbolic links are left out, and links to manifests named', async () => {
  const other = directoryWith('linked.yaml');
  const directory = directoryWith('.git/a.yaml', 'node_modules/b/c.json', 'd.yaml');
  symlinkSync(other, join(directory, 'directory'));
  symlinkSync(join(other, 'linked.yaml'), join(directory, 'file.yaml'));
  expect(await findManifests([directory])).toEqual({
    files: [join(directory, 'd.yaml')],
    links: [join(directory, 'file.yaml')],
    unreadable: [],
  });
});

test('a file that is named is taken whatever it is called, and each file once', async () => {
  const directory = directoryWith('a.yaml', 'manifest.txt');
  const text = join(directory, 'manifest.txt');
  const { files } = await findManifests([text, directory, join(directory, 'a.yaml')]);
  expect(files).toEqual([text, join(directory, 'a.yaml')]);
});

test('a directory that cannot be listed is a problem, and hides no other', async () => {
  const directory = directoryWith('a.yaml');
  // Longer than any path may be, so that not even root can list it.
  const parts = Array.from({ length: 20 }, () => 'd'.repeat(250));
  const start = process.cwd();
  try {
    process.chdir(directory);
    for (const part of parts) {
      mkdirSync(part);
      process.chdir(part);
    }
  } finally {
    process.chdir(start);
  }
  const { files, problems } = await readManifests([directory], directory);
  expect([files, problems.length, problems[0]?.message]).toEqual([
    1,
    1,
    expect.stringMatching(/^cannot be read: ENAMETOOLONG/),
  ]);
});

test('a path that leads nowhere is refused', async () => {
  const directory = directoryWith();
  const missing = join(directory, 'missing');
  await expect(findManifests([directory, missing])).rejects.toThrow(`--manifests: ${missing} does not exist`);
});

test('a symbolic link that is named is refused', async () => {
  const directory = directoryWith('a.yaml');
  const link = join(directory, 'link.yaml');
  symlinkSync(join(directory, 'a.yaml'), link);
  await expect(findManifests([link])).rejects.toThrow('is neither a file nor a directory');
});

test('a file that is no text is named, and the others are read', async () => {
  const directory = directoryWith('a.yaml');
  writeFileSync(join(directory, 'b.yaml'), Uint8Array.of(0xff, 0xfe, 0x00));
  const { files, objects, problems } = await readManifests([directory], directory);
  expect([files, objects.length]).toEqual([2, 1]);
  expect(problems).toEqual([
    { place: { file: 'b.yaml', line: 1 }, message: expect.stringContaining('cannot be read') as string },
  ]);
});

test('files outside of the checkout are called by their whole path', async () => {
  const directory = directoryWith('a.yaml');
  const { objects } = await readManifests([directory], '/somewhere/else');
  expect(objects[0]?.object.source).toEqual({ file: join(directory, 'a.yaml'), line: 1 });
});
