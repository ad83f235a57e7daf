import { execa } from 'execa';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pack, type Pack } from 'tar-stream';
import { addFileToTar } from '../images/layerTar.ts';
import { isRecord } from '../values/isRecord.ts';
import { toError } from '../values/toError.ts';
import { CommandFailedError } from './errors/commandFailedError.ts';
import { nodeCommand } from './nodeCommand.ts';
import { describeFailure, runCommand } from './runCommand.ts';

interface PresentImage {
  readonly digest: string;
  /** Whether the kubelet can use it already. */
  readonly isManaged: boolean;
}

interface PackedImage {
  readonly directory: string;
  readonly reference: string;
  readonly digest: string;
  /** One entry of the layout's index. */
  readonly descriptor: object;
}

const CTR = ['ctr', '--namespace', 'k8s.io'] as const;
const IMPORT_TIMEOUT_MILLIS = 300_000;
const NOTICE_MILLIS = 10_000;
const POLL_MILLIS = 50;

/**
 * Brings packed images (OCI layout directories) into a node's containerd, in one stream. Images that it
 * has by digest are skipped, and so is every layer that it has. Returns when the kubelet can use them.
 *
 * @returns the references that were imported
 * @throws CommandFailedError when containerd refuses.
 */
export async function importPackedImages(
  pid: number,
  directories: readonly string[],
  onEvent: (detail: string) => void,
): Promise<readonly string[]> {
  const present = await listImages(pid);
  const missing = directories
    .map(readPackedImage)
    .filter(({ reference, digest }) => present.get(reference)?.digest !== digest);
  if (missing.length === 0) return [];
  onEvent(`importing ${missing.map(({ reference }) => reference).join(', ')}`);
  const blobs = new Set((await runCommand(nodeCommand(pid, [...CTR, 'content', 'list', '--quiet']))).split('\n'));
  await streamImages(pid, missing, blobs);
  await waitUntilManaged(pid, missing);
  return missing.map(({ reference }) => reference);
}

/** Reads `ctr images list`: references with digests, and whether the kubelet's side has noticed them. */
export function parseImageList(output: string): ReadonlyMap<string, PresentImage> {
  const rows = output
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.flatMap(([reference, , digest, ...rest]) =>
      reference === undefined || digest === undefined
        ? []
        : [[reference, { digest, isManaged: rest.join(' ').includes('io.cri-containerd.image=managed') }] as const],
    ),
  );
}

async function listImages(pid: number): Promise<ReadonlyMap<string, PresentImage>> {
  return parseImageList(await runCommand(nodeCommand(pid, [...CTR, 'images', 'list'])));
}

async function streamImages(pid: number, images: readonly PackedImage[], present: ReadonlySet<string>): Promise<void> {
  const [program = '', ...rest] = nodeCommand(pid, [...CTR, 'images', 'import', '--digests=false', '-']);
  const tar = pack();
  const child = execa(program, rest, {
    input: Readable.from(tar),
    reject: false,
    all: true,
    timeout: IMPORT_TIMEOUT_MILLIS,
  });
  // A cut stream ends ctr as well; its own message is the better one.
  const [result] = await Promise.all([
    child,
    writeArchive(tar, images, present).catch((error: unknown) => tar.destroy(toError(error))),
  ]);
  if (result.failed) throw new CommandFailedError('ctr images import', describeFailure(result), { cause: result });
}

async function writeArchive(tar: Pack, images: readonly PackedImage[], present: ReadonlySet<string>): Promise<void> {
  const index = { schemaVersion: 2, manifests: images.map(({ descriptor }) => descriptor) };
  tar.entry({ name: 'oci-layout' }, '{"imageLayoutVersion":"1.0.0"}');
  tar.entry({ name: 'index.json' }, JSON.stringify(index));
  const sent = new Set<string>();
  for (const image of images) {
    const blobs = join(image.directory, 'blobs', 'sha256');
    for (const hex of readdirSync(blobs)) {
      if (sent.has(hex) || present.has(`sha256:${hex}`)) continue;
      sent.add(hex);
      const path = join(blobs, hex);
      await addFileToTar(tar, { name: `blobs/sha256/${hex}`, size: statSync(path).size }, path);
    }
  }
  tar.finalize();
}

// The kubelet's view of the store follows containerd's events; a pod that starts before it would try to pull.
async function waitUntilManaged(pid: number, images: readonly PackedImage[]): Promise<void> {
  for (let waited = 0; waited < NOTICE_MILLIS; waited += POLL_MILLIS) {
    const present = await listImages(pid);
    if (images.every(({ reference }) => present.get(reference)?.isManaged === true)) return;
    await sleep(POLL_MILLIS);
  }
}

function readPackedImage(directory: string): PackedImage {
  const index: unknown = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8'));
  const descriptor: unknown = isRecord(index) && Array.isArray(index['manifests']) ? index['manifests'][0] : undefined;
  if (!isRecord(descriptor) || !isRecord(descriptor['annotations'])) throw notAnImage(directory);
  const reference = descriptor['annotations']['io.containerd.image.name'];
  const { digest } = descriptor;
  if (typeof reference !== 'string' || typeof digest !== 'string') throw notAnImage(directory);
  return { directory, reference, digest, descriptor };
}

function notAnImage(directory: string): TypeError {
  return new TypeError(`${directory} is not an image that packImage made: its index.json names no image`);
}
