/** One entry of `packages` in package-lock.json (lockfileVersion 3), as far as it is read here. */
export interface LockedPackage {
  readonly link?: boolean;
  /** Of a link: the workspace's directory. */
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** `packages` of package-lock.json: by directory relative to the checkout. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** A dependency that package-lock.json does not have. */
export class UnresolvedDependencyError extends Error {
  override readonly name = 'UnresolvedDependencyError';

  constructor(dependency: string, from: string) {
    super(`package-lock.json has no ${dependency}, which ${from} depends on: run npm install`);
  }
}

/**
 * The directories of every package that the workspace needs at run time, the workspace itself first; resolved as Node
 * resolves them, workspaces by their own directory.
 *
 * @throws UnresolvedDependencyError when the lock file lacks one.
 */
export function productionTree(packages: LockedPackages, workspace: string): readonly string[] {
  const found = new Set<string>();
  const visit = (directory: string): void => {
    if (found.has(directory)) return;
    found.add(directory);
    for (const { name, optional } of dependenciesOf(packages[directory] ?? {})) {
      const next = resolve(packages, directory, name);
      if (next !== undefined) visit(next);
      else if (!optional) throw new UnresolvedDependencyError(name, directory);
    }
  };
  visit(workspace);
  return [...found];
}

function dependenciesOf(locked: LockedPackage): { name: string; optional: boolean }[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = locked;
  return [
    ...Object.keys(dependencies ?? {}).map((name) => ({ name, optional: false })),
    ...Object.keys(optionalDependencies ?? {}).map((name) => ({ name, optional: true })),
    ...Object.keys(peerDependencies ?? {}).map((name) => ({
      name,
      optional: peerDependenciesMeta?.[name]?.optional === true,
    })),
  ];
}

/** Node's look-up: the nearest node_modules, going up. */
function resolve(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let directory = from; ; directory = parentOf(directory)) {
    const candidate = directory === '' ? `node_modules/${name}` : `${directory}/node_modules/${name}`;
    const locked = packages[candidate];
    if (locked !== undefined) return locked.link === true ? locked.resolved : candidate;
    if (directory === '') return undefined;
  }
}

function parentOf(directory: string): string {
  return directory.slice(0, Math.max(directory.lastIndexOf('/'), 0));
}
