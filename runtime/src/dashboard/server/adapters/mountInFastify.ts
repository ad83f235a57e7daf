import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dashboard } from '../../dashboard.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What Express would have said of a request that is mounted. */
interface Mounted {
  baseUrl: string;
  originalUrl: string;
}

/** A plugin of Fastify that leaves all requests beneath its prefix to the page. */
export function mountInFastify(handler: Dashboard['handler'], onMount: () => void): Dashboard['fastify'] {
  return (server, _options, done) => {
    onMount();
    // Bodies are read by the page, within its own bounds.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    const { prefix } = server;
    const handle = (
      { raw }: { readonly raw: IncomingMessage },
      reply: { readonly raw: ServerResponse; hijack(): unknown },
    ) => {
      reply.hijack();
      const originalUrl = raw.url ?? '/';
      Object.assign<IncomingMessage, Mounted>(raw, { baseUrl: prefix, originalUrl });
      raw.url = beneath(prefix, originalUrl);
      handler(raw, reply.raw);
    };
    server.route({ method: METHODS, url: '/', handler: handle });
    server.route({ method: METHODS, url: '/*', handler: handle });
    done();
  };
}

/** The address without the prefix: always with a slash at its beginning. */
function beneath(prefix: string, url: string): string {
  const rest = url.startsWith(prefix) ? url.slice(prefix.length) : url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
