import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

/** Stands in every page of the gateway's own. */
export const standInMark = '/.tracewright/page.js';

/** The page that stands in for the query service's pages. */
export const standInPage = '/.tracewright/page.html';

/** The files of the gateway's own page by the path that they are served under. */
export const pageFiles: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ['/.tracewright/page.css', { file: 'page.css', type: 'text/css; charset=utf-8' }],
  [standInMark, { file: 'page.js', type: 'text/javascript; charset=utf-8' }],
  [standInPage, { file: 'page.html', type: 'text/html; charset=utf-8' }],
]);

const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

// A query image without the UI bundle answers every page with this sentence (Jaeger 1.50, cmd/query/app/ui/placeholder).
const placeholder = 'This is a placeholder for Jaeger UI home page';

/** Whether this page of the query service says that its image has no UI. */
export function isPlaceholder(body: Buffer): boolean {
  return body.includes(placeholder);
}

/** Answers with one of {@link pageFiles}. */
export async function answerPageFile(outgoing: ServerResponse, path: string): Promise<void> {
  const page = pageFiles.get(path);
  if (page === undefined) throw new RangeError(`${path} is no file of the gateway's page`);
  const body = await readFile(new URL(`page/${page.file}`, import.meta.url));
  outgoing.writeHead(200, { ...pageHeaders, 'content-type': page.type }).end(body);
}
