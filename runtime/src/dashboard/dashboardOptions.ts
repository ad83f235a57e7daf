import {
  FUNCTION,
  type OptionKind,
  type OptionKinds,
  optionProblems,
  PLAIN_URL,
  wholeNumber,
} from '../core/optionKinds.ts';
import { isRecord } from '../core/isRecord.ts';
import type { Secret } from '../core/secret.ts';
import { PEERS_OPTION_KINDS, type PeersOptions } from './peers/peersOptions.ts';
import type { Authenticate } from './server/authentication/identity.ts';
import { TOKEN } from './tokenOption.ts';
import { JAEGER_QUERY_OPTION_KINDS, type JaegerQueryOptions } from './traces/jaegerQueryOptions.ts';

/** Who may see the page, and act on it. */
export interface DashboardAuthentication {
  /**
   * What lets people look and act, at least 16 characters. Replicas behind one address need the same.
   * @defaultValue a new one at each start, announced
   */
  readonly operateToken?: Secret;
  /** What lets people look alone, at least 16 characters. @defaultValue none: nobody may look alone */
  readonly readToken?: Secret;
  /** The application's own authentication, in the place of tokens. @defaultValue tokens */
  readonly authenticate?: Authenticate;
}

/** What the page is and where. All is optional; a value that is not allowed is refused at construction. */
export interface DashboardOptions {
  /** TCP port of `listen()`, 0 to 65535; 0 takes any that is free. @defaultValue 4319 */
  readonly port?: number;
  /** Name or address that `listen()` listens on. @defaultValue '127.0.0.1': this machine alone */
  readonly host?: string;
  /**
   * Names that browsers may ask for the page by, without port, beside those of the machine itself. Others are refused, so that
   * no other site's name can be led here.
   * @defaultValue none with `listen()`; mounted, whatever the application lets through
   */
  readonly allowedHosts?: readonly string[];
  readonly auth?: DashboardAuthentication;
  /** Where Jaeger's query API is. @defaultValue none: no traces are shown */
  readonly jaegerQuery?: JaegerQueryOptions;
  /**
   * Address of Jaeger's own UI as people reach it, which traces link to.
   * @defaultValue none: no links
   */
  readonly jaegerUrl?: string;
  /** The other replicas. @defaultValue none: this instance alone */
  readonly peers?: PeersOptions;
  /**
   * Path of a file that brings groups of errors, and what people made of them, back after a restart. It is written ten seconds
   * after a change, and by `stop()`. Its folder has to be there; each process needs a file of its own.
   * @defaultValue none: they are forgotten
   */
  readonly snapshotFile?: string;
  /**
   * How many proxies before the application are trusted to say in `X-Forwarded-For` where a browser is, 0 to 10. Limits are by
   * address: behind a proxy that is not counted here all people share those of one.
   * @defaultValue 0: it is where the connection comes from
   */
  readonly trustProxy?: number;
  /** How many viewers are told of changes at once, 1 to 10,000; one of them, in 20 tabs. @defaultValue 200 */
  readonly maxStreams?: number;
  /**
   * Is told in one line where the page is, and of the token where one was made. It is a secret: it belongs on a terminal, not in a
   * log that others read.
   * @defaultValue written to standard error
   */
  readonly announce?: (line: string) => void;
  /** Gets what goes wrong where nobody waits for it. @defaultValue a warning, at most once a minute */
  readonly onError?: (error: Error) => void;
}

const AUTHENTICATION_KINDS: OptionKinds<DashboardAuthentication> = {
  operateToken: TOKEN,
  readToken: TOKEN,
  authenticate: FUNCTION,
};

/** What each option may be. */
export const DASHBOARD_OPTION_KINDS: OptionKinds<DashboardOptions> = {
  port: wholeNumber(0, 65_535),
  host: { allowed: 'a name or an address', accepts: isText },
  allowedHosts: {
    allowed: 'a list of names, without port',
    accepts: (value) => Array.isArray(value) && value.every((name) => isText(name) && !/[/:]/.test(name)),
  },
  auth: within('tokens, or the function authenticate', AUTHENTICATION_KINDS),
  jaegerQuery: within('an object with the url of the query API', JAEGER_QUERY_OPTION_KINDS),
  jaegerUrl: PLAIN_URL,
  peers: within('an object with hostName, port and token', PEERS_OPTION_KINDS, ['hostName', 'port', 'token']),
  snapshotFile: { allowed: 'a path', accepts: isText },
  trustProxy: wholeNumber(0, 10),
  maxStreams: wholeNumber(1, 10_000),
  announce: FUNCTION,
  onError: FUNCTION,
};

/** An object with options of its own, of which some cannot be left out. */
function within(
  allowed: string,
  kinds: Readonly<Record<string, OptionKind>>,
  required: readonly string[] = [],
): OptionKind {
  const missing = Object.fromEntries(required.map((name) => [name, null]));
  return {
    allowed,
    accepts: isRecord,
    // One that is left out is none that is allowed either.
    problemsIn: (value, option) => optionProblems(isRecord(value) ? { ...missing, ...value } : value, kinds, option),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
