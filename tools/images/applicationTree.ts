import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { LayerSource } from './imageSpec.ts';

/** A package of a workspace with all that it needs at run time. */
export interface ApplicationTree {
  /** The package's own directory, relative to the tree's root. */
  readonly main: string;
  /** The tree's files, for a directory of an image. */
  readonly sources: (target: string) => readonly LayerSource[];
}

/** What {@link createApplicationTree} takes. */
export interface ApplicationTreeOptions {
  /** Root of the npm workspace. */
  readonly root: string;
  /** The application's directory, relative to the root. */
  readonly main: string;
  /**
   * What a workspace's own package brings, by the package's directory relative to the root: where that lies which is to be in
   * a directory of it, such as `dist`.
   */
  readonly builds: PackageBuilds;
}

/** By the package's directory, then by the directory within it. */
export type PackageBuilds = Readonly<Record<string, Readonly<Record<string, string>>>>;

// Nested packages are found one by one; sources, types and maps are for people.
const LEFT_OUT: readonly RegExp[] = [/(?:^|\/)node_modules$/, /\.(?:d\.[cm]?ts|map|md|markdown)$/i, /(?:^|\/)\.bin$/];

/**
 * Finds an application's packages by Node's own rule, from its package.json on: those installed stay at
 * their places relative to the root, links to workspaces stay links, workspaces bring their build only.
 *
 * @throws Error naming a dependency that is not installed.
 */
export function createApplicationTree(options: ApplicationTreeOptions): ApplicationTree {
  const root = realpathSync(options.root);
  const found = new Map<string, LayerSource[]>();
  collect(root, join(root, options.main), options.builds, found);
  const sources = [...found.values()].flat();
  return {
    main: options.main,
    sources: (target) => sources.map((source) => ({ ...source, target: join(target, source.target) })),
  };
}

function collect(root: string, directory: string, builds: PackageBuilds, found: Map<string, LayerSource[]>): void {
  const place = relative(root, directory);
  if (found.has(place)) return;
  const sources = packageSources(directory, place, builds);
  found.set(place, sources);
  const { required, optional } = readDependencies(directory);
  for (const name of [...required, ...optional]) {
    const path = findPackage(root, directory, name);
    if (path === undefined) {
      if (optional.includes(name)) continue;
      throw new Error(`${name}, which ${place} needs, is not installed: run "npm ci" in ${root}`);
    }
    const real = realpathSync(path);
    if (lstatSync(path).isSymbolicLink()) {
      sources.push({ kind: 'link', target: relative(root, path), linkTarget: relative(dirname(path), real) });
    }
    collect(root, real, builds, found);
  }
}

function packageSources(directory: string, place: string, builds: PackageBuilds): LayerSource[] {
  const build = builds[place];
  if (build === undefined) return [{ kind: 'directory', source: directory, target: place, exclude: LEFT_OUT }];
  return [
    { kind: 'file', source: join(directory, 'package.json'), target: join(place, 'package.json'), mode: 0o644 },
    ...Object.entries(build).map(([within, source]): LayerSource => ({
      kind: 'directory',
      source,
      target: join(place, within),
      exclude: LEFT_OUT,
    })),
  ];
}

function findPackage(root: string, from: string, name: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (directory === root || directory === dirname(directory)) return undefined;
  }
}

function readDependencies(directory: string): {
  readonly required: readonly string[];
  readonly optional: readonly string[];
} {
  const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const optional = [...keysOf(manifest, 'optionalDependencies'), ...keysOf(manifest, 'peerDependencies')];
  return { required: keysOf(manifest, 'dependencies').filter((name) => !optional.includes(name)), optional };
}

function keysOf(manifest: unknown, field: string): readonly string[] {
  if (typeof manifest !== 'object' || manifest === null) return [];
  const value: unknown = Object.entries(manifest).find(([name]) => name === field)?.[1];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
