import { sharedBody } from './sharedBody.ts';

/** A file of the page, as browsers are sent it. */
export interface PageFile {
  readonly contentType: string;
  readonly body: Buffer;
  /** Compressed when the page was built; not there where it was not. */
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly etag: string;
  /** Whether its name has the hash of its content, so that it never changes. */
  readonly isHashed: boolean;
}

/** Every file that the page has, by its path beneath the mount. Nothing else is served, whatever is asked for. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** The page itself. */
export const INDEX = 'index.html';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** What a file is, by the end of its name; `undefined` for what the page has no use for. */
export function contentTypeOf(name: string): string | undefined {
  return TYPES[name.slice(name.lastIndexOf('.') + 1)];
}

/** Answers with a file: as small as the browser takes it, or that it has not changed. */
export function pageFileResponse(file: PageFile, headers: Headers): Response {
  const { contentType, body, etag, isHashed } = file;
  const common = {
    etag,
    vary: 'accept-encoding',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: common });
  const accepted = headers.get('accept-encoding') ?? '';
  const [encoding, bytes] = encodingOf(file, accepted) ?? [undefined, body];
  return new Response(sharedBody(bytes), {
    headers: {
      ...common,
      'content-type': contentType,
      'content-length': String(bytes.length),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
  });
}

function encodingOf({ brotli, gzip }: PageFile, accepted: string): readonly [string, Buffer] | undefined {
  if (brotli && /\bbr\b/.test(accepted)) return ['br', brotli];
  return gzip && /\bgzip\b/.test(accepted) ? ['gzip', gzip] : undefined;
}
