import { entries, field, text } from './fields.ts';

/** A file of a container that lies in a volume. */
export interface MountedFile {
  /** The mount, from the container: `volumeMounts[0]`. */
  readonly mountPath: string;
  /** Whether the mount is a part of its volume; such a one never follows a change of the volume. */
  readonly hasSubPath: boolean;
  /** The volume as it was declared; `undefined` where the pod has none of that name. */
  readonly volume: unknown;
  /** The file, from the root of the volume: `strategies.json`. */
  readonly file: string;
}

/** A key of a ConfigMap or Secret. */
export interface KeySource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
}

/**
 * Finds the volume that a file of a container lies in.
 *
 * @param path - Absolute, as the container sees it.
 * @returns `undefined` where nothing is mounted at it or above it.
 * @throws UnknownFieldError
 */
export function mountedFile(podSpec: unknown, container: unknown, path: string): MountedFile | undefined {
  const wanted = segments(path);
  const mounts = entries(field(container, 'volumeMounts')).map((mount, index) => ({
    mount,
    mountPath: `volumeMounts[${index}]`,
    at: segments(text(field(mount, 'mountPath')) ?? ''),
  }));
  const above = mounts.filter(({ at }) => at.every((segment, index) => segment === wanted[index]));
  const [nearest] = above.sort((left, right) => right.at.length - left.at.length);
  if (nearest === undefined) return undefined;
  const { mount, mountPath, at } = nearest;
  const subPath = text(field(mount, 'subPath')) ?? '';
  const name = field(mount, 'name');
  return {
    mountPath,
    hasSubPath: subPath !== '',
    volume: entries(field(podSpec, 'volumes')).find((volume) => field(volume, 'name') === name),
    file: [...segments(subPath), ...wanted.slice(at.length)].join('/'),
  };
}

/** The key that a file comes from, where its volume is a ConfigMap or a Secret, or projects some. @throws UnknownFieldError */
export function keySourceOf({ volume, file }: MountedFile): KeySource | undefined {
  const sources = [
    { source: volume, secretName: 'secretName' },
    ...entries(field(field(volume, 'projected'), 'sources')).map((source) => ({ source, secretName: 'name' })),
  ];
  for (const { source, secretName } of sources) {
    const found =
      keyIn('ConfigMap', field(source, 'configMap'), 'name', file) ??
      keyIn('Secret', field(source, 'secret'), secretName, file);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyIn(kind: KeySource['kind'], source: unknown, nameField: string, file: string): KeySource | undefined {
  const name = text(field(source, nameField));
  if (name === undefined) return undefined;
  const items = entries(field(source, 'items'));
  if (items.length === 0) return { kind, name, key: file };
  const item = items.find((entry) => segments(text(field(entry, 'path')) ?? '').join('/') === file);
  const key = text(field(item, 'key'));
  return key === undefined ? undefined : { kind, name, key };
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}
