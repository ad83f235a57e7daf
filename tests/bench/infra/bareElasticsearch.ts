import { execa } from 'execa';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { elasticsearchUserId } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { elasticsearchImage } from '../../../tools/images/specs/elasticsearchImage.ts';
import type { InstalledPart } from '../../../tools/toolchain/part.ts';
import { freeTcpPort } from '../../integration/support/freePort.ts';
import { TestProcess } from '../../integration/support/testProcess.ts';
import type { DeployedSettings } from './deployedSettings.ts';

/** What {@link startBareElasticsearch} needs. */
export interface BareElasticsearchOptions {
  /** An empty directory; it becomes the program's root and keeps its data. */
  readonly root: string;
  readonly elasticsearch: InstalledPart;
  /** The part `servers-rootfs`: what the image lies on, its Java included. */
  readonly serversDirectory: string;
  readonly settings: DeployedSettings['elasticsearch'];
}

/** A server that was started, maybe not ready. */
export interface BareServer {
  readonly process: TestProcess;
  readonly url: string;
}

// The pod's paths are the directory's: configuration, Java and libraries are the pod's, byte for byte. What the pod has and
// this has not is a network, cgroups and a layered file system.
const start = `
root=$1; home=$2; user=$3; shift 3
# Java looks for the mount point of its data.
mount --bind "$root" "$root"
mount --bind "$home" "$root/usr/share/elasticsearch"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot --userspec="$user:0" "$root" /usr/share/elasticsearch/bin/elasticsearch "$@"
`;

/** Starts the image's Elasticsearch on the host, with a pod's settings, on a loopback port. */
export async function startBareElasticsearch(options: BareElasticsearchOptions): Promise<BareServer> {
  await unpackBareElasticsearch(options);
  return runBareElasticsearch(options, { http: await freeTcpPort(), transport: await freeTcpPort() });
}

/** Starts what is unpacked, with the data that a run before it left. */
export function runBareElasticsearch(
  options: BareElasticsearchOptions,
  { http, transport }: { readonly http: number; readonly transport: number },
): BareServer {
  const { root, elasticsearch, settings } = options;
  const own = [`http.port=${http}`, `transport.port=${transport}`, 'network.host=127.0.0.1'];
  const image = elasticsearchImage(options.serversDirectory, elasticsearch).config;
  const process = new TestProcess({
    command: 'unshare',
    args: [
      ...['--mount', '--propagation', 'private', 'sh', '-euc', start, 'sh'],
      ...[root, join(elasticsearch.directory, 'elasticsearch'), String(elasticsearchUserId)],
      ...own.flatMap((setting) => ['-E', setting]),
    ],
    environment: { ...image.environment, ...settings.environment },
  });
  return { process, url: `http://127.0.0.1:${http}` };
}

/** Unpacks what it runs in, with its configuration, into its root. */
export async function unpackBareElasticsearch({
  root,
  serversDirectory,
  settings,
}: BareElasticsearchOptions): Promise<void> {
  await execa('tar', ['-xf', join(serversDirectory, 'rootfs.tar'), '-C', root, '--exclude=./dev/*']);
  const owned = ['etc/elasticsearch', 'var/lib/elasticsearch'].map((path) => join(root, path));
  for (const path of ['usr/share/elasticsearch', 'proc', 'dev']) await mkdir(join(root, path), { recursive: true });
  for (const path of owned) await mkdir(path, { recursive: true });
  for (const [name, text] of Object.entries(settings.files))
    await writeFile(join(root, 'etc/elasticsearch', name), text);
  await execa('chown', ['-R', `${elasticsearchUserId}:0`, ...owned]);
}
