import { type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';
import type { Secret } from '../../core/secret.ts';
import { TOKEN } from '../tokenOption.ts';

/** The other replicas, whose parts are shown together with this one's. */
export interface PeersOptions {
  /** Name that leads to the addresses of all replicas: in Kubernetes, of a headless Service. */
  readonly hostName: string;
  /** Port that each replica's page listens on, 1 to 65535. */
  readonly port: number;
  /** What replicas know each other by: the same for all of them, at least 16 characters. */
  readonly token: Secret;
  /** Path that the page is mounted at on each, such as `/tracewright`. @defaultValue `/` */
  readonly path?: string;
  /** How long a peer may take before the answer goes without it, 100 to 15,000 ms. @defaultValue 2,000 */
  readonly timeoutMillis?: number;
  /** How many peers are asked at most, 1 to 100. @defaultValue 20 */
  readonly maxPeers?: number;
}

/** Peers with every default resolved. */
export type ResolvedPeersOptions = Required<PeersOptions>;

/** What each option may be. */
export const PEERS_OPTION_KINDS: OptionKinds<PeersOptions> = {
  hostName: {
    allowed: 'a name that DNS knows, such as shop-replicas.shop.svc',
    accepts: (value) => typeof value === 'string' && /^[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/i.test(value),
  },
  port: wholeNumber(1, 65_535),
  token: TOKEN,
  path: {
    allowed: 'a path that begins with a slash, without query',
    accepts: (value) => typeof value === 'string' && /^\/[\w\-./~%]*$/.test(value),
  },
  timeoutMillis: wholeNumber(100, 15_000),
  maxPeers: wholeNumber(1, 100),
};

/** Options that were checked, with their defaults. */
export function resolvePeersOptions(options: PeersOptions): ResolvedPeersOptions {
  const { path = '/', timeoutMillis = 2_000, maxPeers = 20 } = options;
  return { ...options, path: path.replace(/\/+$/, ''), timeoutMillis, maxPeers };
}
