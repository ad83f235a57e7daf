import { isAbsolutePath, isUrl } from './sourceName.ts';

/** Where the map of a file is: in its own text, in a file, or nowhere that it could be read from. */
export type SourceMapAddress =
  | { readonly json: string }
  | {
      readonly path: string;
      /** Whether the file says so itself. */
      readonly isNamed: boolean;
    }
  | { readonly reason: string };

const COMMENT = /\/[/*][#@] sourceMappingURL=/;
/** A comment is at the end of its file, and a map inside of it is most of it. */
const MARK = ' sourceMappingURL=';
const INLINE = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,/i;

/**
 * Where the last comment `//# sourceMappingURL=` of a file says that its map is; without one, in the file beside it with
 * `.map` at its end. Only what is told by a relative path is read, and what is in the comment itself.
 *
 * @param path - of the file, absolute
 */
export function sourceMapAddress(path: string, text: string): SourceMapAddress {
  const url = lastMappingUrl(text);
  if (url === undefined) return { path: `${path}.map`, isNamed: false };
  if (url.startsWith('data:')) return inlineMap(url);
  if (isUrl(url) || isAbsolutePath(url)) return { reason: 'the map is elsewhere' };
  const relative = decoded(url.replace(/[?#].*$/s, ''));
  if (!relative.endsWith('.map') || relative.includes('\0'))
    return { reason: 'the map is no file with .map at its end' };
  return { path: joined(directoryOf(path), relative), isNamed: true };
}

/** The directory of a path, with `/` at its end. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A relative path from a directory, which is absolute, without `.` and `..`. */
export function joined(directory: string, relative: string): string {
  const root = /^(?:[A-Za-z]:)?\/{0,2}/.exec(directory)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of `${directory.slice(root.length)}${relative}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return root + parts.join('/');
}

function lastMappingUrl(text: string): string | undefined {
  const mark = text.lastIndexOf(MARK);
  if (mark < 3 || !COMMENT.test(text.slice(mark - 3, mark + MARK.length))) return undefined;
  const start = mark + MARK.length;
  const length = text.slice(start).search(/\s|\*\//);
  return text.slice(start, length === -1 ? undefined : start + length);
}

function inlineMap(url: string): SourceMapAddress {
  const found = INLINE.exec(url);
  if (found === null) return { reason: 'the map in the comment is no JSON' };
  const data = url.slice(found[0].length);
  return { json: found[1] === undefined ? decoded(data) : Buffer.from(data, 'base64').toString('utf8') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
