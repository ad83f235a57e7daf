import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type LockedPackages, productionTree } from './productionTree.ts';

const run = promisify(execFile);

const WORKSPACE = 'examples/checkout';
const RUNTIME = 'runtime';
const RUNTIME_PACKAGE = 'node_modules/@tracewright/runtime';
// Everything that the image's content depends on, besides the installed packages, which the lock file stands for.
const INPUTS = [
  'package-lock.json',
  'tsconfig.json',
  'runtime/package.json',
  'runtime/tsconfig.build.json',
  'runtime/src',
  'examples/checkout/package.json',
  'examples/checkout/prepareImage.ts',
  'examples/checkout/productionTree.ts',
  'examples/checkout/tsconfig.build.json',
  'examples/checkout/src',
];
const UNUSED_FILES = /\.(?:map|md|markdown|flow|ts|cts|mts)$/;

/** What `prepareImage` works with. */
export interface PrepareImageOptions {
  /** The checkout's root, with its packages installed. */
  readonly checkout: string;
  /** An empty directory, or one that is not there yet; it becomes the image's root. */
  readonly outputDirectory: string;
}

/** Two packages of one name would have to lie in one place of the image. */
export class PackageConflictError extends Error {
  override readonly name = 'PackageConflictError';

  constructor(place: string) {
    super(`${place} stands for two versions of a package; give ${WORKSPACE} the version that the checkout's root has`);
  }
}

/**
 * Lays out the files of the image `tracewright/checkout` above its base (glibc, libstdc++): the services compiled to
 * JavaScript in `/app/dist`, their production packages with `@tracewright/runtime` in `/app/node_modules`, and Node 24
 * as `/usr/local/bin/node`. Reads nothing but the checkout: no network. The same `checkoutImageKey` gives the same files.
 */
export async function prepareImage({ checkout, outputDirectory }: PrepareImageOptions): Promise<void> {
  const app = join(outputDirectory, 'app');
  await mkdir(app, { recursive: true });
  await Promise.all([
    writeFile(join(app, 'package.json'), await appPackage(checkout)),
    copyPackages(checkout, app),
    compile(checkout, join(checkout, RUNTIME, 'tsconfig.build.json'), join(app, RUNTIME_PACKAGE, 'dist')),
    compile(checkout, join(checkout, WORKSPACE, 'tsconfig.build.json'), join(app, 'dist')),
    copyNode(checkout, join(outputDirectory, 'usr/local/bin/node')),
  ]);
}

/** 64 hexadecimal digits that change when the image's content does. */
export async function checkoutImageKey(checkout: string): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of await filesBelow(join(checkout, input))) {
      hash
        .update(`${file.slice(checkout.length)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function appPackage(checkout: string): Promise<string> {
  const { name, version } = await readPackage(join(checkout, WORKSPACE, 'package.json'));
  return `${JSON.stringify({ name, version, private: true, type: 'module' }, null, 2)}\n`;
}

async function copyPackages(checkout: string, app: string): Promise<void> {
  const lock = (await readJson(join(checkout, 'package-lock.json'))) as { packages: LockedPackages };
  const places = new Set<string>();
  for (const directory of productionTree(lock.packages, WORKSPACE).slice(1)) {
    const place = placeInImage(directory);
    if (places.has(place)) throw new PackageConflictError(place);
    places.add(place);
    await copyPackage(join(checkout, directory), join(app, place), directory === RUNTIME);
  }
}

/** Below the same parent as in the checkout, so that Node resolves the same versions. */
function placeInImage(directory: string): string {
  if (directory === RUNTIME) return RUNTIME_PACKAGE;
  if (directory.startsWith(`${RUNTIME}/`)) return RUNTIME_PACKAGE + directory.slice(RUNTIME.length);
  if (directory.startsWith(`${WORKSPACE}/`)) return directory.slice(WORKSPACE.length + 1);
  return directory;
}

async function copyPackage(from: string, to: string, isRuntime: boolean): Promise<void> {
  await mkdir(to, { recursive: true });
  if (isRuntime) {
    await cp(join(from, 'package.json'), join(to, 'package.json'));
    return;
  }
  await cp(from, to, {
    recursive: true,
    // Packages inside this one are copied by themselves, where production needs them.
    filter: (source) => source === from || (basename(source) !== 'node_modules' && !UNUSED_FILES.test(source)),
  });
}

async function compile(checkout: string, project: string, outDir: string): Promise<void> {
  const compiler = join(checkout, 'node_modules/typescript/bin/tsc');
  const options = ['--project', project, '--outDir', outDir, '--noCheck', '--declaration', 'false'];
  await run(process.execPath, [compiler, ...options]);
}

async function copyNode(checkout: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await cp(join(checkout, 'node_modules/node/bin/node'), target, { dereference: true });
}

async function readPackage(file: string): Promise<{ name: string; version: string }> {
  return (await readJson(file)) as { name: string; version: string };
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
