import { type Observability, Secret } from '@tracewright/runtime';
import { createDashboard, type DashboardOptions } from '@tracewright/runtime/dashboard';
import { type Environment, EnvironmentError, readPort, requireText } from './environment.ts';
import { errorFields, type Log } from './log.ts';

const THIS_MACHINE = '127.0.0.1';

/**
 * Where `DASHBOARD_PORT` is set to a port other than 0, the page with the service's errors, requests, performance and traces is
 * there: on this machine alone unless `DASHBOARD_HOST` says otherwise. Without `DASHBOARD_OPERATE_TOKEN` its address is printed
 * with a token that was made for this run.
 *
 * @returns ends it
 * @throws EnvironmentError for variables that cannot be used, and for a port that cannot be listened on.
 * @throws ConfigurationError for tokens that are too short, and names and addresses that are none.
 */
export async function servePage(
  environment: Environment,
  observability: Observability,
  log: Log,
): Promise<() => Promise<void>> {
  const port = readPort(environment, 'DASHBOARD_PORT', 0);
  if (port === 0) return () => Promise.resolve();
  const host = textOf(environment, 'DASHBOARD_HOST') ?? THIS_MACHINE;
  const dashboard = createDashboard(observability, { port, host, ...pageOptions(environment, port, log) });
  try {
    await dashboard.listen();
  } catch (cause) {
    await dashboard.stop();
    const why = cause instanceof Error ? cause.message : String(cause);
    const allowed = `a port that is free on DASHBOARD_HOST (${host}), or 0 for no page: ${why}`;
    throw new EnvironmentError('DASHBOARD_PORT', String(port), allowed, { cause });
  }
  return () => dashboard.stop();
}

function pageOptions(environment: Environment, port: number, log: Log): DashboardOptions {
  const operateToken = secretOf(environment, 'DASHBOARD_OPERATE_TOKEN');
  const readToken = secretOf(environment, 'DASHBOARD_READ_TOKEN');
  const hostName = textOf(environment, 'DASHBOARD_PEERS_HOST');
  const snapshotFile = textOf(environment, 'DASHBOARD_SNAPSHOT_FILE');
  const queryUrl = textOf(environment, 'JAEGER_QUERY_URL');
  const jaegerUrl = textOf(environment, 'JAEGER_UI_URL');
  return {
    auth: { ...(operateToken && { operateToken }), ...(readToken && { readToken }) },
    ...(hostName !== undefined && {
      peers: { hostName, port, token: new Secret(requireText(environment, 'DASHBOARD_PEERS_TOKEN')) },
    }),
    ...(snapshotFile !== undefined && { snapshotFile }),
    ...(queryUrl !== undefined && { jaegerQuery: { url: queryUrl } }),
    ...(jaegerUrl !== undefined && { jaegerUrl }),
    // Else there is a new token in the line, which belongs on a terminal.
    ...(operateToken && { announce: (line: string) => log('info', line) }),
    onError: (error) => log('warn', 'something went wrong in the page', errorFields(error)),
  };
}

function secretOf(environment: Environment, variable: string): Secret | undefined {
  const text = textOf(environment, variable);
  return text === undefined ? undefined : new Secret(text);
}

/** Set and not empty. */
function textOf(environment: Environment, variable: string): string | undefined {
  return environment[variable] || undefined;
}
