import { build, type Metafile } from 'esbuild';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { bundledPackages } from './bundledPackages.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The size of what a browser loads at first, in bytes, compressed by Brotli. */
export interface BuiltPage {
  readonly compressedBytes: number;
}

/**
 * Makes `dist/` of the page's sources: `index.html` and, beneath `assets/`, files whose names have the hash of their content.
 * Beside each is what browsers are sent, compressed once and for all (`.br`, `.gz`). `THIRD-PARTY-NOTICES.txt` has the licences of
 * the packages that are in it, for whoever gets the package; browsers are not sent it.
 *
 * @throws Error of esbuild's with every mistake in the sources; one that names the packages, when they are others than `bundledPackages`
 */
export async function buildPage(outputFolder = join(folder, 'dist')): Promise<BuiltPage> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, 'src/main.tsx')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: 'assets/[name]-[hash]',
    outdir: outputFolder,
    write: false,
    metafile: true,
    legalComments: 'none',
    tsconfig: join(folder, 'tsconfig.json'),
    logLevel: 'silent',
  });
  const notices = await licenceNotices(packageFolders(metafile));
  await mkdir(join(outputFolder, 'assets'), { recursive: true });
  await writeWhole(join(outputFolder, 'THIRD-PARTY-NOTICES.txt'), Buffer.from(notices));
  const assetEndingWith = (ending: string) =>
    `assets/${basename(outputFiles.find(({ path }) => path.endsWith(ending))?.path ?? '')}`;
  const html = (await readFile(join(folder, 'index.html'), 'utf8'))
    .replace('__STYLES__', assetEndingWith('.css'))
    .replace('__SCRIPT__', assetEndingWith('.js'));
  const assets = outputFiles.map(({ path, contents }) => ({ path, contents: Buffer.from(contents) }));
  const sizes = await Promise.all(assets.map(({ path, contents }) => writeCompressed(path, contents)));
  // The page comes last: whoever reads it finds what it names, also while it is built anew.
  sizes.push(await writeCompressed(join(outputFolder, 'index.html'), Buffer.from(html)));
  await removeOthers(join(outputFolder, 'assets'), new Set(assets.map(({ path }) => basename(path))));
  return { compressedBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Folders of the packages in a bundle, by name. @throws Error when they are others than those that are judged as published */
function packageFolders({ inputs }: Metafile): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const [packageFolder, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    if (packageFolder !== undefined && name !== undefined) folders.set(name, resolve(packageFolder));
  }
  const names = [...folders.keys()].sort();
  if (names.join() !== bundledPackages.join())
    throw new Error(
      `the page bundles ${names.join(', ')}; runtime/page/bundledPackages.ts names ${bundledPackages.join(', ')}: say there what it bundles`,
    );
  return folders;
}

/** The licences that packages come with, as they ask of whoever passes them on. */
async function licenceNotices(folders: ReadonlyMap<string, string>): Promise<string> {
  const texts = [...folders].sort().map(async ([name, packageFolder]) => {
    const licence = await readFile(join(packageFolder, 'LICENSE'), 'utf8');
    return `${name}\n\n${licence.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

async function writeCompressed(path: string, contents: Buffer): Promise<number> {
  const small = await promisify(brotliCompress)(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  await writeWhole(path, contents);
  await writeWhole(`${path}.br`, small);
  await writeWhole(`${path}.gz`, await promisify(gzip)(contents, { level: 9 }));
  return small.length;
}

/** Another build may run at the same time, as tests do: a file is the old one or the new one, never a part. */
async function writeWhole(path: string, contents: Buffer): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, contents);
  await rename(temporary, path);
}

/** What an older build left. */
async function removeOthers(assets: string, names: ReadonlySet<string>): Promise<void> {
  const isOurs = (file: string): boolean => names.has(file.replace(/\.(br|gz)$/, ''));
  // Those that another build is writing have a further end.
  const others = (await readdir(assets)).filter((file) => !isOurs(file) && /\.(js|css)(\.br|\.gz)?$/.test(file));
  await Promise.all(others.map((file) => rm(join(assets, file), { force: true })));
}
