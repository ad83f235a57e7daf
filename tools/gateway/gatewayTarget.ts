/** A Service that a gateway leads to. */
export interface GatewayTarget {
  /** What the gateway's process is told. */
  readonly name: 'query' | 'page';
  /** What it is called in messages. */
  readonly title: string;
  readonly service: string;
  /** Port of the Service's pods. */
  readonly podPort: number;
  /** Loopback port of this machine that is taken where it is free. */
  readonly preferredPort: number;
  /** Option of the command line that asks for another one, without hyphens. */
  readonly portOption: 'ui-port' | 'page-port';
  /** Methods that are passed on; all others are refused. */
  readonly methods: readonly string[];
  /** Whether a trace page of the gateway's own is shown where the Service says that it has none. */
  readonly standsIn: boolean;
}

/** Jaeger's query service. */
export const queryTarget: GatewayTarget = {
  name: 'query',
  title: 'the query service',
  service: 'jaeger-query',
  podPort: 16_686,
  preferredPort: 16_686,
  portOption: 'ui-port',
  methods: ['GET', 'HEAD', 'OPTIONS', 'POST'],
  standsIn: true,
};

/** The page of the example's storefront, of whichever replica. */
export const pageTarget: GatewayTarget = {
  name: 'page',
  title: 'the page of the storefront',
  service: 'storefront',
  podPort: 4319,
  preferredPort: 4319,
  portOption: 'page-port',
  // To log out is a DELETE.
  methods: ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'],
  standsIn: false,
};

const targets: readonly GatewayTarget[] = [queryTarget, pageTarget];

/** @throws RangeError for a name that no target has. */
export function gatewayTargetOf(name: string): GatewayTarget {
  const target = targets.find((each) => each.name === name);
  if (target === undefined)
    throw new RangeError(`${name} is no target; allowed: ${targets.map((each) => each.name).join(', ')}`);
  return target;
}
