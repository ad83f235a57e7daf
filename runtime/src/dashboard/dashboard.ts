import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where the page is. */
export interface ListeningDashboard {
  /** `http://127.0.0.1:4319/` */
  readonly url: string;
  readonly port: number;
}

/** What is used of a server of Fastify 5, to mount the page in it. */
export interface FastifyMount {
  route(options: {
    readonly method: string[];
    readonly url: string;
    readonly handler: (request: { readonly raw: IncomingMessage }, reply: FastifyMountReply) => unknown;
  }): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: IncomingMessage, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  removeAllContentTypeParsers(): unknown;
  readonly prefix: string;
}

/** What is used of a reply of Fastify 5. */
export interface FastifyMountReply {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

/** The page on which errors, requests, performance and traces meet. */
export interface Dashboard {
  /**
   * Serves the page on a port of its own, and announces its address with the token. Further calls return the same promise.
   * Does not keep the process alive. What it is asked for makes no spans and no tracked requests of the application.
   *
   * @throws Error where the dashboard was stopped, and of Node's where the port cannot be listened on
   */
  listen(): Promise<ListeningDashboard>;
  /**
   * Serves the page within the application's own server: `app.use('/tracewright', dashboard.handler)` in Express, or for each
   * request of node:http. Whoever the server lets through has to log in all the same.
   *
   * The server is the application's, and so are its spans and tracked requests: leave the page's out by
   * `tracing: { ignoreIncomingPaths: ['/tracewright/*'] }`, and by using it before `expressRequests`, or `ignore` there and in
   * `fastifyRequests`. A stream lasts as long as somebody watches.
   */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** The same for Fastify 5: `server.register(dashboard.fastify, { prefix: '/tracewright' })`. */
  readonly fastify: (server: FastifyMount, options: unknown, done: () => void) => void;
  /**
   * Ends streams, writes the snapshot file a last time, and gives the port back. Further calls return the same promise. Never
   * rejects. The observability that it shows goes on.
   */
  stop(): Promise<void>;
  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
