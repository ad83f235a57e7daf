import type { Environment } from '../kinds/reading.ts';

const OUR_PREFIX = /^(?:JAEGER|OTEL|TRACEWRIGHT)_/;
const LINK = /^(?:tcp|udp|sctp):\/\/[^/]+:\d+$/i;
const LINK_NAME = /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

/**
 * Whether Kubernetes set this variable for a Service, and nobody for the application: a Service `jaeger-agent` gives
 * every pod of its namespace `JAEGER_AGENT_PORT=tcp://10.0.0.1:5775`, the name that Jaeger's clients read a port from.
 *
 * Source: Kubernetes' documentation, "Discovering services: environment variables".
 */
export function isServiceVariable(name: string, value: string): boolean {
  return LINK_NAME.test(name) || (name.endsWith('_PORT') && LINK.test(value));
}

/** The variables of Services whose names look like settings. */
export function serviceVariables(
  environment: Environment,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    OUR_PREFIX.test(name) && isServiceVariable(name, value) ? [{ name, value }] : [],
  );
}
