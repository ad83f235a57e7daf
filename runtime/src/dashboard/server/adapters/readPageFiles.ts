import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentTypeOf, type PageFile, type PageFiles } from '../pageFiles.ts';

/** The same seen from the sources and from what is made of them. */
const FOLDER = fileURLToPath(new URL('../../../../page/dist/', import.meta.url));

/** Reads the page into memory; empty where it was never built, as in a checkout. */
export async function readPageFiles(folder = FOLDER): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, PageFile][]> => {
      const file = await readPageFile(path);
      return file ? [[relative(folder, path).split(sep).join('/'), file]] : [];
    }),
  );
  return new Map(files.flat());
}

async function readPageFile(path: string): Promise<PageFile | undefined> {
  const contentType = contentTypeOf(path);
  if (contentType === undefined) return undefined;
  const [body, brotli, gzip] = await Promise.all([
    readFile(path),
    readIfThere(`${path}.br`),
    readIfThere(`${path}.gz`),
  ]);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { contentType, body, brotli, gzip, etag, isHashed: path.includes(`${sep}assets${sep}`) };
}

function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}
