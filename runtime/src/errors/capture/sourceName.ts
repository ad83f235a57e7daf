/** `C:\app\main.js`, and `\\server\share\main.js`. */
const WINDOWS_PATH = /^(?:[A-Za-z]:[\\/]|\\\\)/;
const DRIVE = /^\/[A-Za-z]:\//;
const SCHEME = /^[A-Za-z][A-Za-z\d+.-]+:/;
const LIBRARY = /(?:^|\/)node_modules\//;

/**
 * How a file is called in a frame: a path with `/` between its parts, relative to the working directory where it is inside of
 * it; a URL without its query and fragment; `node:…`. The same file is called the same as a path and as a `file:` URL.
 */
export function sourceName(given: string, workingDirectory: string): string {
  if (given.startsWith('node:')) return given;
  if (given.startsWith('file://')) return relativePath(pathOfUrl(given), workingDirectory);
  if (WINDOWS_PATH.test(given)) return relativePath(given.replaceAll('\\', '/'), workingDirectory);
  return isUrl(given) ? withoutQuery(given) : relativePath(given, workingDirectory);
}

/** Whether a file is the application's: neither Node's nor of a package in `node_modules`. */
export function isApplicationSource(name: string): boolean {
  return !name.startsWith('node:') && !LIBRARY.test(name);
}

/** Whether it is found otherwise than by a path: `webpack://app/main.js`, but not `C:/app/main.js`. */
export function isUrl(name: string): boolean {
  return SCHEME.test(name);
}

/** Whether a path says by itself where it begins. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || WINDOWS_PATH.test(path);
}

/** A directory as paths of frames begin with it: with `/` between its parts and at its end. */
export function directoryPrefix(directory: string): string {
  const path = WINDOWS_PATH.test(directory) ? directory.replaceAll('\\', '/') : directory;
  return path.endsWith('/') ? path : `${path}/`;
}

function relativePath(path: string, workingDirectory: string): string {
  return workingDirectory !== '/' && path.startsWith(workingDirectory) ? path.slice(workingDirectory.length) : path;
}

/** The path of a `file:` URL: `file:///C:/app/main.js` is `C:/app/main.js`, `file://server/share/main.js` is on a server. */
function pathOfUrl(url: string): string {
  const path = decoded(withoutQuery(url).slice('file://'.length));
  if (DRIVE.test(path)) return path.slice(1);
  return path.startsWith('/') ? path : `//${path}`;
}

function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
