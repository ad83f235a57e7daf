import { KubeConfig, VersionApi } from '@kubernetes/client-node';
import { apiErrorText, isRefusal } from './apiErrorText.ts';

// Of @kubernetes/client-node, for http://localhost:8080.
const MADE_UP_CONTEXT = 'loaded-context';

/** The kubeconfig has no context of the name that was asked for. */
export class UnknownContextError extends Error {
  override readonly name = 'UnknownContextError';
  readonly context: string;

  constructor(context: string, known: readonly string[]) {
    super(
      `context "${context}" is not in the kubeconfig; allowed: ${known.length === 0 ? 'none (the kubeconfig is empty or missing)' : known.join(', ')}. ` +
        'Set KUBECONFIG or name one of them with --context.',
    );
    this.context = context;
  }
}

/** The kubeconfig is there and cannot be read, or is none. */
export class UnreadableKubeconfigError extends Error {
  override readonly name = 'UnreadableKubeconfigError';

  constructor(path: string, cause: unknown) {
    super(
      `the kubeconfig ${path} cannot be read: ${apiErrorText(cause)}. Set KUBECONFIG to a file that kubectl can use.`,
      {
        cause,
      },
    );
  }
}

/** The API server of a context did not answer, or did not let in. */
export class UnreachableClusterError extends Error {
  override readonly name = 'UnreachableClusterError';
  readonly context: string;

  constructor(context: string, server: string, cause: unknown) {
    const reason = apiErrorText(cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause);
    const which = `the cluster of context "${context}" (${server})`;
    super(
      isRefusal(cause)
        ? `${which} does not let you in: ${reason}. Log in again, or name another context; nothing was changed.`
        : `${which} does not answer: ${reason}. Check that it runs and that this machine reaches it; nothing was changed.`,
      { cause },
    );
    this.context = context;
  }
}

export interface ConnectionOptions {
  /** A kubeconfig file; without it KUBECONFIG or ~/.kube/config. */
  readonly kubeconfigPath?: string;
  /** A context of it; without it the current one. */
  readonly context?: string;
}

/**
 * Loads a kubeconfig and selects a context.
 * @throws UnreadableKubeconfigError when it cannot be read.
 * @throws UnknownContextError when the context is not in it.
 */
export function loadKubeConfig({ kubeconfigPath, context }: ConnectionOptions): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfigPath === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfigPath);
  } catch (cause) {
    throw new UnreadableKubeconfigError(kubeconfigPath ?? process.env['KUBECONFIG'] ?? '~/.kube/config', cause);
  }
  const wanted = context ?? config.getCurrentContext();
  // Without a kubeconfig the library makes up a context of its own.
  const known = config.getContexts().flatMap(({ name }) => (name === MADE_UP_CONTEXT ? [] : [name]));
  if (!known.includes(wanted)) throw new UnknownContextError(wanted, known);
  config.setCurrentContext(wanted);
  return config;
}

/**
 * Asks the API server for its version, for `timeoutMillis` at most.
 * @throws UnreachableClusterError when it does not answer.
 */
export async function requireReachable(config: KubeConfig, timeoutMillis = 10_000): Promise<string> {
  const server = config.getCurrentCluster()?.server ?? 'no server';
  try {
    const answer = await withTimeout(config.makeApiClient(VersionApi).getCode(), timeoutMillis);
    return answer.gitVersion;
  } catch (cause) {
    throw new UnreachableClusterError(config.getCurrentContext(), server, cause);
  }
}

async function withTimeout<T>(work: Promise<T>, timeoutMillis: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMillis / 1000} s`)), timeoutMillis);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
