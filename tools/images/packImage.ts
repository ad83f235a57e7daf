import { createHash, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageArchitecture } from './imageArchitecture.ts';
import type { ImageConfig, ImageLayer, ImageSpec } from './imageSpec.ts';
import { listLayerEntries } from './layerEntries.ts';
import { filterLayerTar, writeLayerTar, type Blob } from './layerTar.ts';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar';

/**
 * Packs an image as an OCI image layout directory (`oci-layout`, `index.json`, `blobs/sha256`) under
 * `<cacheDirectory>/images` and gives that directory. An image whose files are as they were (path,
 * size, time, mode, owner) is found again instead; layers are shared by hard links. A run that is cut
 * leaves nothing under the final name.
 */
export async function packImage(spec: ImageSpec, cacheDirectory: string): Promise<string> {
  const layers = spec.layers.map(planLayer);
  const keys = layers.map((layer) => layer.key);
  const key = shortHash(JSON.stringify([spec.reference, spec.config, process.arch, keys]));
  const directory = join(cacheDirectory, 'images', `${spec.reference.replaceAll(/[^\w.-]+/g, '_')}-${key}`);
  if (existsSync(directory)) return directory;
  const blobs: CachedLayer[] = [];
  for (const layer of layers) blobs.push(await packLayer(layer, cacheDirectory));
  publish(directory, (temporary) => {
    writeLayout(temporary, spec, blobs);
  });
  return directory;
}

interface CachedLayer extends Blob {
  readonly path: string;
}

interface LayerPlan {
  /** Changes whenever the layer's content may have changed. */
  readonly key: string;
  readonly write: (path: string) => Promise<Blob>;
}

function planLayer(layer: ImageLayer): LayerPlan {
  if (layer.kind === 'files') {
    const entries = listLayerEntries(layer.sources);
    return { key: shortHash(JSON.stringify(entries)), write: (path) => writeLayerTar(entries, path) };
  }
  const { source, exclude } = layer;
  const { size, mtimeMs } = statSync(source);
  const key = shortHash(JSON.stringify([source, size, mtimeMs, exclude.map(String)]));
  return { key, write: (path) => filterLayerTar(source, exclude, path) };
}

async function packLayer(layer: LayerPlan, cacheDirectory: string): Promise<CachedLayer> {
  const directory = join(cacheDirectory, 'images', 'layers', layer.key);
  const path = join(directory, 'layer.tar');
  const description = join(directory, 'blob.json');
  if (existsSync(directory)) return { ...parseBlob(readFileSync(description, 'utf8')), path };
  const temporary = createTemporary(directory);
  try {
    const blob = await layer.write(join(temporary, 'layer.tar'));
    writeFileSync(join(temporary, 'blob.json'), JSON.stringify(blob));
    moveInto(temporary, directory);
    return { ...blob, path };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function writeLayout(directory: string, spec: ImageSpec, layers: readonly CachedLayer[]): void {
  const blobs = join(directory, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  for (const layer of layers) {
    const blob = join(blobs, layer.digest.slice('sha256:'.length));
    if (!existsSync(blob)) linkSync(layer.path, blob);
  }
  const config = writeBlob(blobs, imageConfig(spec.config, layers));
  const manifest = writeBlob(blobs, {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, ...config },
    layers: layers.map(({ digest, size }) => ({ mediaType: LAYER_TYPE, digest, size })),
  });
  const annotations = {
    'io.containerd.image.name': spec.reference,
    'org.opencontainers.image.ref.name': tagOf(spec.reference),
  };
  const index = { schemaVersion: 2, manifests: [{ mediaType: MANIFEST_TYPE, ...manifest, annotations }] };
  writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(directory, 'index.json'), JSON.stringify(index));
}

function imageConfig(config: ImageConfig, layers: readonly Blob[]): object {
  return {
    created: new Date(0).toISOString(),
    architecture: imageArchitecture(),
    os: 'linux',
    config: {
      User: config.user,
      Entrypoint: config.entrypoint,
      Cmd: config.command,
      Env: Object.entries(config.environment ?? {}).map(([name, value]) => `${name}=${value}`),
      WorkingDir: config.workingDirectory,
      ExposedPorts: config.exposedPorts && Object.fromEntries(config.exposedPorts.map((port) => [port, {}])),
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  };
}

function writeBlob(directory: string, value: object): Blob {
  const content = Buffer.from(JSON.stringify(value));
  const hex = createHash('sha256').update(content).digest('hex');
  writeFileSync(join(directory, hex), content);
  return { digest: `sha256:${hex}`, size: content.length };
}

function publish(directory: string, write: (temporary: string) => void): void {
  const temporary = createTemporary(directory);
  try {
    write(temporary);
    moveInto(temporary, directory);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function createTemporary(directory: string): string {
  const temporary = `${directory}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  return temporary;
}

// Another run may have finished the same content first; either result is as good.
function moveInto(temporary: string, directory: string): void {
  try {
    renameSync(temporary, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  }
}

function parseBlob(text: string): Blob {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'digest' in value && 'size' in value) {
    const { digest, size } = value;
    if (typeof digest === 'string' && typeof size === 'number') return { digest, size };
  }
  throw new TypeError(`A layer's blob.json does not hold a digest and a size: ${text.slice(0, 200)}`);
}

function tagOf(reference: string): string {
  return reference.slice(reference.lastIndexOf(':') + 1);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
