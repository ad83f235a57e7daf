import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Header } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageSpec } from '../../../../tools/images/imageSpec.ts';
import { packImage } from '../../../../tools/images/packImage.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-images-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function makeTree(name: string, time: number): string {
  const root = join(directory, name);
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'bin', 'run'), 'program', { mode: 0o755 });
  writeFileSync(join(root, 'notes.md'), 'for people');
  symlinkSync('run', join(root, 'bin', 'alias'));
  for (const path of ['bin/run', 'notes.md']) utimesSync(join(root, path), time, time);
  return root;
}

function spec(source: string): ImageSpec {
  return {
    reference: 'docker.io/library/example:1',
    layers: [
      {
        kind: 'files',
        sources: [
          { kind: 'directory', source, target: 'opt/app', owner: { userId: 7, groupId: 8 }, exclude: [/\.md$/] },
          { kind: 'text', target: 'etc/passwd', mode: 0o644, text: 'root:x:0:0::/:/bin/sh\n' },
          { kind: 'emptyDirectory', target: 'tmp', mode: 0o1777 },
        ],
      },
    ],
    config: { user: '7:8', entrypoint: ['/opt/app/bin/run'], environment: { A: 'b' }, exposedPorts: ['80/tcp'] },
  };
}

function readJson(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function readBlob(image: string, digest: unknown): Record<string, unknown> {
  return readJson(join(image, 'blobs', 'sha256', String(digest).replace('sha256:', '')));
}

function manifestDigest(image: string): unknown {
  const { manifests } = readJson(join(image, 'index.json'));
  const first: unknown = Array.isArray(manifests) ? manifests[0] : undefined;
  return typeof first === 'object' && first !== null && 'digest' in first ? first.digest : undefined;
}

function layerDigest(image: string): string {
  const { layers } = readBlob(image, manifestDigest(image));
  const first: unknown = Array.isArray(layers) ? layers[0] : undefined;
  return typeof first === 'object' && first !== null && 'digest' in first ? String(first.digest) : '';
}

async function readLayer(image: string): Promise<readonly Header[]> {
  const headers: Header[] = [];
  const entries = extract();
  const reading = pipeline(createReadStream(join(image, 'blobs', 'sha256', layerDigest(image).slice(7))), entries);
  for await (const entry of entries) {
    headers.push(entry.header);
    entry.resume();
  }
  await reading;
  return headers;
}

describe('packImage', () => {
  it('gives the same content the same digest, whatever its times and place', async () => {
    const first = await packImage(spec(makeTree('a', 1000)), join(directory, 'cache-a'));
    const second = await packImage(spec(makeTree('b', 2000)), join(directory, 'cache-b'));
    expect(manifestDigest(second)).toBe(manifestDigest(first));
  });

  it('gives changed content another digest', async () => {
    const tree = makeTree('a', 1000);
    const before = await packImage(spec(tree), directory);
    writeFileSync(join(tree, 'bin', 'run'), 'another program');
    expect(manifestDigest(await packImage(spec(tree), directory))).not.toBe(manifestDigest(before));
  });

  it('finds an unchanged image again', async () => {
    const tree = makeTree('a', 1000);
    expect(await packImage(spec(tree), directory)).toBe(await packImage(spec(tree), directory));
  });

  it('names every blob by its own digest', async () => {
    const image = await packImage(spec(makeTree('a', 1000)), directory);
    const blobs = join(image, 'blobs', 'sha256');
    for (const name of readdirSync(blobs)) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(blobs, name)))
          .digest('hex'),
      ).toBe(name);
    }
  });

  it('carries the name that containerd gives the image', async () => {
    const image = await packImage(spec(makeTree('a', 1000)), directory);
    expect(readJson(join(image, 'index.json'))).toMatchObject({
      manifests: [{ annotations: { 'io.containerd.image.name': 'docker.io/library/example:1' } }],
    });
    expect(readJson(join(image, 'oci-layout'))).toEqual({ imageLayoutVersion: '1.0.0' });
  });

  it('writes the configuration in the words of the OCI specification', async () => {
    const image = await packImage(spec(makeTree('a', 1000)), directory);
    const { config } = readBlob(image, manifestDigest(image));
    const digest = typeof config === 'object' && config !== null && 'digest' in config ? config.digest : undefined;
    expect(readBlob(image, digest)).toMatchObject({
      os: 'linux',
      config: { User: '7:8', Entrypoint: ['/opt/app/bin/run'], Env: ['A=b'], ExposedPorts: { '80/tcp': {} } },
      rootfs: { type: 'layers', diff_ids: [layerDigest(image)] },
    });
  });

  it('sorts entries, parents first, with fixed times, given owners and without what is left out', async () => {
    const headers = await readLayer(await packImage(spec(makeTree('a', 1000)), directory));
    expect(headers.map(({ name }) => name)).toEqual([
      'etc/',
      'etc/passwd',
      'opt/',
      'opt/app/',
      'opt/app/bin/',
      'opt/app/bin/alias',
      'opt/app/bin/run',
      'tmp/',
    ]);
    expect(headers.every(({ mtime }) => mtime.getTime() === 0)).toBe(true);
    expect(headers.find(({ name }) => name === 'opt/app/bin/run')).toMatchObject({ uid: 7, gid: 8, mode: 0o755 });
    expect(headers.find(({ name }) => name === 'opt/app/bin/alias')).toMatchObject({
      type: 'symlink',
      linkname: 'run',
    });
    expect(headers.find(({ name }) => name === 'tmp/')?.mode).toBe(0o1777);
  });

  it('shares a layer that two images name', async () => {
    const tree = makeTree('a', 1000);
    const first = await packImage(spec(tree), directory);
    const second = await packImage({ ...spec(tree), reference: 'docker.io/library/other:1' }, directory);
    expect(layerDigest(second)).toBe(layerDigest(first));
    expect(readdirSync(join(directory, 'images', 'layers'))).toHaveLength(1);
  });

  it('copies a tar of a root file system without devices and what is left out', async () => {
    const source = join(directory, 'rootfs.tar');
    const tar = pack();
    tar.entry({ name: './', type: 'directory' });
    tar.entry({ name: './usr/', type: 'directory', mode: 0o755, mtime: new Date() });
    tar.entry({ name: './usr/a', mode: 0o644, uid: 3, gid: 4 }, 'content');
    tar.entry({ name: './usr/b', type: 'link', linkname: './usr/a' });
    tar.entry({ name: './usr/c', type: 'symlink', linkname: 'a' });
    tar.entry({ name: './dev/null', type: 'character-device', devmajor: 1, devminor: 3 });
    tar.entry({ name: './usr/doc/x' }, 'left out');
    tar.finalize();
    await pipeline(tar, createWriteStream(source));
    const layer = { kind: 'tar', source, exclude: [/^usr\/doc(?:\/|$)/] } as const;
    const headers = await readLayer(await packImage({ ...spec(directory), layers: [layer] }, directory));
    expect(headers.map(({ name, type, linkname }) => [name, type, linkname])).toEqual([
      ['usr/', 'directory', null],
      ['usr/a', 'file', null],
      ['usr/b', 'link', 'usr/a'],
      ['usr/c', 'symlink', 'a'],
    ]);
    expect(headers[1]).toMatchObject({ uid: 3, gid: 4, mode: 0o644, size: 7 });
  });
});
