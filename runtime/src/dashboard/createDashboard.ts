import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import { neverThrowing } from '../core/neverThrowing.ts';
import { checkOptions } from '../core/optionKinds.ts';
import { toError } from '../core/toError.ts';
import { warnSparingly } from '../core/warnSparingly.ts';
import type { Observability } from '../observability.ts';
import { OwnParts } from './api/ownParts.ts';
import { ACTIONS, VIEWS } from './api/views.ts';
import type { Dashboard, ListeningDashboard } from './dashboard.ts';
import { DASHBOARD_OPTION_KINDS, type DashboardOptions } from './dashboardOptions.ts';
import { instanceOf } from './instanceOf.ts';
import { LiveHub } from './live/liveHub.ts';
import { httpPeerTransport } from './peers/adapters/httpPeerTransport.ts';
import { PeerParts } from './peers/peerParts.ts';
import { resolvePeersOptions } from './peers/peersOptions.ts';
import { announceOnStandardError } from './server/adapters/announceOnStandardError.ts';
import { listen, type Listening } from './server/adapters/listen.ts';
import { mountInFastify } from './server/adapters/mountInFastify.ts';
import { nodeHandler } from './server/adapters/nodeHandler.ts';
import { readPageFiles } from './server/adapters/readPageFiles.ts';
import { Answers } from './server/answers.ts';
import type { AppContext } from './server/appContext.ts';
import { resolveAuthentication } from './server/authentication/resolveAuthentication.ts';
import { WrongTokens } from './server/authentication/wrongTokens.ts';
import { ClientLimits } from './server/clientLimits.ts';
import { createApp } from './server/createApp.ts';
import type { PageFiles } from './server/pageFiles.ts';
import { openSnapshotFile } from './state/adapters/openSnapshotFile.ts';
import { startTraceReader } from './traces/adapters/startTraceReader.ts';
import type { ViewSource } from './viewSource.ts';

const DEFAULT_PORT = 4319;
const DEFAULT_HOST = '127.0.0.1';
const MAX_STREAMS = 200;
/** A page that opens asks some ten times at once; then it asks once in two seconds. */
const REQUEST_LIMIT = { burst: 200, perSecond: 50 };

/**
 * Makes the page of an application: what its observability knows, in a browser. Nothing is served before `listen()`, or before
 * its handler is mounted.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function createDashboard(observability: Observability, options: DashboardOptions = {}): Dashboard {
  checkOptions(options, DASHBOARD_OPTION_KINDS, 'dashboard');
  const host = nodeHostProcess();
  const onError = neverThrowing(options.onError ?? warnSparingly(host));
  const announce = neverThrowingLine(options.announce ?? announceOnStandardError, onError);
  const source = viewSourceOf(observability, options);
  const { authentication, newToken } = resolveAuthentication(options.auth ?? {}, options.peers?.token, host.wallMillis);
  const parts = partsOf(source, options);
  const { maxStreams = MAX_STREAMS } = options;
  const live = new LiveHub(source, { host, maxStreams });
  let stopped: Promise<void> | undefined;
  const { snapshotFile } = options;
  const snapshots = snapshotFile === undefined ? undefined : openSnapshotFile(snapshotFile, source, { host, onError });
  let pageFiles: Promise<PageFiles> | undefined;
  let listening: Promise<ListeningDashboard & Listening> | undefined;
  const context: AppContext = {
    views: VIEWS,
    actions: ACTIONS,
    source,
    ...parts,
    answers: new Answers({ parts: parts.parts, ...host }),
    live,
    authentication,
    requestLimits: new ClientLimits(REQUEST_LIMIT, host.monotonicMillis),
    wrongTokens: new WrongTokens({ monotonicMillis: host.monotonicMillis, onError }),
    hosts: { names: options.allowedHosts },
    pageFiles: () => (pageFiles ??= readPageFiles()),
    isStopped: () => stopped !== undefined,
    onError,
  };
  const atNode = { trustProxy: options.trustProxy ?? 0, onError };
  const mounted = nodeHandler(createApp(context), atNode);
  const sayMounted = onlyOnce(() => {
    if (newToken) announce(`Tracewright: log in to the page with the token ${newToken.reveal()}`);
  });
  const open = async (): Promise<ListeningDashboard & Listening> => {
    if (stopped) throw new Error('the dashboard was stopped; a new one can listen');
    // Alone, nobody else guards which names lead here.
    const hosts = { names: options.allowedHosts ?? [] };
    const handle = nodeHandler(createApp({ ...context, hosts }), atNode);
    // Whoever looks first sees what was there before the restart.
    await snapshots?.open();
    const { port = DEFAULT_PORT, host: name = DEFAULT_HOST } = options;
    const opened = await listen(handle, { port, host: name, maxStreams, onError });
    const url = `http://${name.includes(':') ? `[${name}]` : name}:${opened.port}/`;
    announce(`Tracewright: the page is at ${url}${newToken ? `#token=${newToken.reveal()}` : ''}`);
    return { ...opened, url };
  };
  const stop = async (): Promise<void> => {
    live.stop();
    source.jaeger?.stop();
    const opened = await listening?.catch(() => undefined);
    await opened?.stop();
    // After the last action.
    await snapshots?.stop();
  };
  const handler: Dashboard['handler'] = (request, response) => {
    sayMounted();
    mounted(request, response);
  };
  return {
    listen: () => (listening ??= open()),
    handler,
    fastify: mountInFastify(handler, sayMounted),
    stop: () => (stopped ??= stop()),
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  };
}

function viewSourceOf(observability: Observability, { jaegerQuery, jaegerUrl }: DashboardOptions): ViewSource {
  const host = nodeHostProcess();
  const { tracing, errors } = observability;
  return {
    instance: instanceOf(host, tracing?.resource, errors?.config.release),
    observability,
    jaeger: jaegerQuery && startTraceReader(jaegerQuery),
    ...(jaegerUrl !== undefined && { jaegerUrl }),
    wallMillis: host.wallMillis,
  };
}

function partsOf(source: ViewSource, { peers }: DashboardOptions): Pick<AppContext, 'parts' | 'ownParts'> {
  const ownParts = new OwnParts(source);
  if (peers === undefined) return { ownParts, parts: ownParts };
  const resolved = resolvePeersOptions(peers);
  return { ownParts, parts: new PeerParts(source, httpPeerTransport(resolved), resolved) };
}

/** What the application does with the line is its own; it goes on whatever that is. */
function neverThrowingLine(tell: (line: string) => void, onError: (error: Error) => void): (line: string) => void {
  return (line) => {
    try {
      tell(line);
    } catch (error) {
      onError(toError(error));
    }
  };
}

function onlyOnce(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
