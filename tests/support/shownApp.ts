import { Secret } from '../../runtime/src/core/secret.ts';
import { OwnParts } from '../../runtime/src/dashboard/api/ownParts.ts';
import { ACTIONS, VIEWS } from '../../runtime/src/dashboard/api/views.ts';
import { LiveHub } from '../../runtime/src/dashboard/live/liveHub.ts';
import { Answers } from '../../runtime/src/dashboard/server/answers.ts';
import type { AppContext } from '../../runtime/src/dashboard/server/appContext.ts';
import type { Authenticate } from '../../runtime/src/dashboard/server/authentication/identity.ts';
import { resolveAuthentication } from '../../runtime/src/dashboard/server/authentication/resolveAuthentication.ts';
import { WrongTokens } from '../../runtime/src/dashboard/server/authentication/wrongTokens.ts';
import { ClientLimits } from '../../runtime/src/dashboard/server/clientLimits.ts';
import { createApp } from '../../runtime/src/dashboard/server/createApp.ts';
import type { PageFile } from '../../runtime/src/dashboard/server/pageFiles.ts';
import type { RequestEnvironment } from '../../runtime/src/dashboard/server/requestEnvironment.ts';
import type { ViewSource } from '../../runtime/src/dashboard/viewSource.ts';
import { ErrorTracker } from '../../runtime/src/errors/errorTracker.ts';
import { RequestTracker } from '../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from './fakeHost.ts';

/** Tokens of each role. */
export const OPERATE = 'the token to operate';
export const READ = 'the token to read';
export const PEER = 'the token of replicas';

/** How an application is shown. */
export interface ShownAppOptions {
  readonly authenticate?: Authenticate;
  readonly change?: Partial<AppContext>;
}

/** How a request is sent, beside what it says. */
export type Asked = RequestInit & { readonly token?: string; readonly from?: Partial<RequestEnvironment> };

/** The application of the page, on a clock of the test's, with a group of errors. */
export function shownApp({ authenticate, change = {} }: ShownAppOptions = {}) {
  const host = new FakeHost();
  const errors: Error[] = [];
  const streams: { readonly headers: Readonly<Record<string, string>>; readonly sent: string[] }[] = [];
  const tracker = new ErrorTracker({ uncaught: false, maxTimeShare: 1 }, { host, workingDirectory: '/app' });
  const groupId = tracker.capture(new Error('the till is closed'))?.groupId ?? '';
  const requests = new RequestTracker({}, { host });
  const request = requests.start({ operation: 'GET /', id: 'r-1' });
  request.process();
  const source: ViewSource = {
    instance: { id: 'pod-1', service: 'shop', hostName: 'pod-1', pid: 1, sinceMillis: host.wallMillis() },
    observability: { tracing: undefined, requests, performance: undefined, errors: tracker },
    jaeger: undefined,
    wallMillis: host.wallMillis,
  };
  const parts = new OwnParts(source);
  const auth = authenticate ? { authenticate } : { operateToken: new Secret(OPERATE), readToken: new Secret(READ) };
  const { wallMillis, monotonicMillis } = host;
  const onError = (error: Error) => void errors.push(error);
  const context: AppContext = {
    views: VIEWS,
    actions: ACTIONS,
    source,
    parts,
    ownParts: parts,
    answers: new Answers({ parts, wallMillis, monotonicMillis }),
    live: new LiveHub(source, { host, maxStreams: 200 }),
    authentication: resolveAuthentication(auth, new Secret(PEER), wallMillis).authentication,
    requestLimits: new ClientLimits({ burst: 100, perSecond: 1 }, monotonicMillis),
    wrongTokens: new WrongTokens({ monotonicMillis, onError }),
    hosts: { names: ['shop.example'] },
    pageFiles: () =>
      Promise.resolve(
        new Map([
          ['index.html', pageFile('<!doctype html>', false)],
          ['assets/a-1.js', pageFile('1', true)],
        ]),
      ),
    isStopped: () => false,
    onError,
    ...change,
  };
  const app = createApp(context);
  const environment: RequestEnvironment = {
    address: '10.0.0.1',
    mount: '',
    isSecure: false,
    lacksSlash: false,
    parsedBody: undefined,
    openStream: (headers) => {
      const sent: string[] = [];
      streams.push({ headers, sent });
      return { send: (text) => sent.push(text) * 0, end: () => undefined };
    },
    taken: new Response(null, { headers: { 'x-taken': 'yes' } }),
  };
  const ask = async (path: string, { token, from, ...init }: Asked = {}): Promise<Response> => {
    const headers = new Headers({ host: 'shop.example' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return app.request(path, { ...init, headers }, { ...environment, ...from });
  };
  /** Says something as JSON. */
  const say = (path: string, said: unknown, { headers, ...init }: Asked = {}): Promise<Response> =>
    ask(path, {
      method: 'POST',
      ...init,
      body: typeof said === 'string' ? said : JSON.stringify(said),
      headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
    });
  return { app, context, host, errors, streams, groupId, ask, say };
}

/** What a problem says. */
export async function problemIn(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (response.headers.get('content-type') !== 'application/problem+json') throw new Error(await response.text());
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

function pageFile(text: string, isHashed: boolean): PageFile {
  const body = Buffer.from(text);
  const contentType = isHashed ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8';
  return { contentType, body, brotli: Buffer.from('br'), gzip: undefined, etag: `"${text.length}"`, isHashed };
}
