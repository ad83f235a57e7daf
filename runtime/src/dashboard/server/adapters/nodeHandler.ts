import { getRequestListener, RequestError } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveStream } from '../../live/liveHub.ts';
import { withoutTracing } from '../../../tracing/context/withoutTracing.ts';
import { INTERNAL, type Problem, problemResponse } from '../problem.ts';
import { clientAddress } from '../clientAddress.ts';
import type { AppEnvironment, RequestEnvironment } from '../requestEnvironment.ts';
import { SECURITY_HEADERS } from '../securityHeaders.ts';

const BROKEN: Problem = {
  status: 400,
  title: 'Broken request',
  detail: 'The address of the request, or its host, cannot be read.',
};

/** What Express adds to a request of Node's, where the page is mounted in it. */
interface MountedRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly originalUrl?: string;
  /** Set by parsers of bodies, which leave nothing to be read. */
  readonly body?: unknown;
}

/** Answers a request of Node's. Never throws or rejects. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** What the application is run with. */
export interface NodeHandlerOptions {
  /** How many proxies are trusted to say where a browser is. */
  readonly trustProxy: number;
  /** Gets what goes wrong inside; not what is wrong with a request. */
  readonly onError: (error: Error) => void;
}

/** Runs the application behind Node's server. Nothing that it does is traced. */
export function nodeHandler(
  app: OpenAPIHono<AppEnvironment>,
  { trustProxy, onError }: NodeHandlerOptions,
): NodeHandler {
  const listener = getRequestListener(
    (request, { incoming, outgoing }) => {
      // Only HTTP/1 servers are listened to, and mounted in.
      const environment = environmentOf(incoming as MountedRequest, outgoing as ServerResponse, trustProxy);
      return app.fetch(request, environment);
    },
    {
      overrideGlobalObjects: false,
      errorHandler: (error) => {
        if (error instanceof RequestError) return problemResponse(BROKEN, SECURITY_HEADERS);
        onError(error instanceof Error ? error : new Error(String(error)));
        return problemResponse(INTERNAL, SECURITY_HEADERS);
      },
    },
  );
  return (request, response) => {
    withoutTracing(() => {
      listener(request, response).catch((error: unknown) => {
        onError(error instanceof Error ? error : new Error(String(error)));
        response.destroy();
      });
    });
  };
}

function environmentOf(incoming: MountedRequest, outgoing: ServerResponse, hops: number): RequestEnvironment {
  const { socket, headers, baseUrl = '', originalUrl = incoming.url ?? '/' } = incoming;
  const [asked = '/'] = originalUrl.split('?');
  return {
    address: clientAddress(socket.remoteAddress, headers['x-forwarded-for']?.toString(), hops),
    mount: baseUrl.replace(/\/+$/, ''),
    isSecure: 'encrypted' in socket || /^https\b/.test(headers['x-forwarded-proto']?.toString() ?? ''),
    parsedBody: incoming.body,
    lacksSlash: !asked.endsWith('/'),
    openStream: (headers, onEnd) => openStream(outgoing, headers, onEnd),
    taken: RESPONSE_ALREADY_SENT,
  };
}

/** A stream that is written to as it is: how much the viewer has not taken is seen at once. */
function openStream(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  onEnd: () => void,
): LiveStream {
  response.writeHead(200, headers);
  response.flushHeaders();
  response.once('close', onEnd);
  // It is closed then, which is told.
  response.on('error', () => response.destroy());
  return {
    send: (text) => {
      if (response.writable) response.write(text);
      return response.writableLength;
    },
    end: () => response.destroy(),
  };
}
