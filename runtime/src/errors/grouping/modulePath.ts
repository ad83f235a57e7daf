const BUILD_FOLDERS: ReadonlySet<string> = new Set([
  'src',
  'dist',
  'build',
  'out',
  'lib',
  'esm',
  'cjs',
  'es',
  'server',
  '.next',
  '.output',
]);
const EXTENSION = /(?:\.min)?\.(?:[cm]?[jt]sx?|vue|svelte)$/;
/** What people write, and no compiler or minifier. */
const SOURCE = /\.(?:[cm]?tsx?|jsx|vue|svelte)$/;
/** Where compilers and bundlers write. */
const BUILD = /(?:^|\/)(?:dist|build|out|\.next|\.output)\//;
const MOST_SEGMENTS = 6;
const MOST_SEGMENTS_OUTSIDE = 3;

/**
 * The module of a frame's file, the same on every machine, in every release, before and after compiling:
 * `dist/orders/total.4f3a9c1b.js` is `orders/total`, and so is `src/orders/total.ts`. Left out are folders of sources and
 * builds, hashes, releases and extensions. Of what is outside of the working directory the last three parts are kept, of
 * packages the name, of Node's modules all.
 *
 * @param file as a `StackFrame` has it
 */
export function modulePath(file: string): string {
  if (file.startsWith('node:')) return file;
  const installed = file.lastIndexOf('node_modules/');
  if (installed >= 0) return packageName(file.slice(installed + 'node_modules/'.length));
  const parts = file.replace(EXTENSION, '').split('/');
  const named = parts.filter((part) => !BUILD_FOLDERS.has(part)).map(withoutHash);
  const kept = named.filter((part) => !/^\.*$/.test(part));
  return kept.slice(/^(?:\/|[a-z]+:)/i.test(file) ? -MOST_SEGMENTS_OUTSIDE : -MOST_SEGMENTS).join('/');
}

/** Whether people wrote the file, as its extension tells. */
export function isWritten(file: string): boolean {
  return SOURCE.test(file);
}

/** Whether the file is one that a compiler or bundler wrote, as its folder tells. */
export function isBuilt(file: string): boolean {
  return !isWritten(file) && BUILD.test(file);
}

/** Without the version, which pnpm and Yarn write into folders above. */
function packageName(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, path.startsWith('@') ? 2 : 1).join('/');
}

/** `main.4f3a9c1b`, `chunk-VUHZDOGM`, `index-BqZ3x9Lk`, and a folder `20261127` or `4f3a9c1b`. */
function withoutHash(segment: string): string {
  const parts = segment.split(/([.-])/);
  let kept = '';
  for (let index = 0; index < parts.length; index += 2) {
    const part = parts[index] ?? '';
    if (!isHash(part, index > 0)) kept += (index > 0 ? (parts[index - 1] ?? '') : '') + part;
  }
  return kept.replace(/^[.-]+/, '');
}

/** Bundlers append hashes; what begins a name is one only if it cannot be a word. */
function isHash(part: string, isAppended: boolean): boolean {
  if (part.length < 6) return part.length > 2 && /^\d+$/.test(part);
  if (/^[0-9a-f]{6,64}$/.test(part)) return /\d/.test(part);
  if (!/^\w{8,32}$/.test(part)) return false;
  const runs = part.match(/\d+/g)?.length ?? 0;
  if (!isAppended) return runs >= 3;
  return runs >= 2 || (part.length === 8 && (/^[A-Z0-9]+$/.test(part) || (part.match(/[A-Z]/g)?.length ?? 0) >= 3));
}
