import type { KubeConfig } from '@kubernetes/client-node';
import * as z from 'zod';
import { requestOnePod } from '../../../kube/requestPod.ts';
import { NotCheckableError, type ApplicationAddress } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { unansweredReason } from '../../unansweredReason.ts';
import { parsedJson } from '../../../values/parsedJson.ts';

/** What a page's API answered. */
export interface PageAnswer {
  readonly status: number;
  readonly body: string;
  /** Where a redirect leads to, as it says it. */
  readonly location?: string;
}

/** The page of a service: where the runtime's dashboard is mounted. */
export interface Page {
  /** Such as `storefront in namespace checkout`. */
  readonly name: string;
  /** What is asked beneath; a pod's is behind its tunnel, and no address of this machine. */
  readonly url: URL;
  /** Whether it is one of the example, of which is known what it has. */
  readonly isExample: boolean;
  /** Whether it can be reached from this machine alone, as far as its address says. */
  readonly isOnLoopback: boolean;
  /** @param path - Beneath the page, such as `api/v1/errors`. @param options - `token: false` asks as a stranger. */
  readonly ask: (path: string, options: AskOptions) => Promise<PageAnswer>;
}

/** How a page is asked. */
export interface AskOptions {
  readonly signal: AbortSignal;
  /** Whether the token is shown. @defaultValue true */
  readonly token?: boolean;
  /** What is to be done; asks only, unless given. */
  readonly action?: Readonly<Record<string, unknown>>;
}

const answerMillis = 10_000;

/** A page behind the pod tunnel. */
export function podPage(
  kube: KubeConfig,
  { name, namespace, pod, port }: Readonly<Record<'name' | 'namespace' | 'pod', string>> & { readonly port: number },
  token: string,
): Page {
  return {
    name,
    url: new URL('http://localhost/'),
    isExample: true,
    isOnLoopback: false,
    ask: async (path, { signal, token: shown = true, action }) => {
      const { status, body, headers } = await requestOnePod(
        kube,
        { namespace, pod, port },
        {
          path: `/${path}`,
          signal,
          ...(action === undefined ? {} : { method: 'POST' as const, body: action }),
          headers: shown ? { authorization: `Bearer ${token}` } : {},
        },
      );
      return { status, body, ...(headers.location !== undefined && { location: headers.location }) };
    },
  };
}

/** A page at an address that the user has named. */
export function addressedPage({ url, token }: ApplicationAddress): Page {
  return {
    name: `application at ${url.href}`,
    url,
    isExample: false,
    isOnLoopback: isLoopback(url.hostname),
    ask: async (path, { signal, token: shown = true }) => {
      const headers = shown && token !== undefined ? { authorization: `Bearer ${token}` } : undefined;
      const asked = fetch(new URL(path, url), {
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerMillis)]),
        ...(headers && { headers }),
      });
      const answer = await asked.catch((cause: unknown) => {
        signal.throwIfAborted();
        throw new NotCheckableError(
          `${url.href} does not answer: ${unansweredReason(cause, answerMillis / 1000)}`,
          'see whether the application runs, and whether --dashboard names where it mounts the page',
          cause,
        );
      });
      const location = answer.headers.get('location');
      return { status: answer.status, body: await answer.text(), ...(location !== null && { location }) };
    },
  };
}

const instance = z.looseObject({ id: z.string(), service: z.string().optional() });
const envelope = z.object({
  asOfMillis: z.number(),
  instances: z.array(
    z.looseObject({ address: z.string(), instance: instance.optional(), problem: z.string().optional() }),
  ),
  result: z.unknown(),
});

/** What a view shows. */
export interface PageView<Result> {
  readonly result: Result;
  /** IDs of the instances that the page has asked, and that have answered. */
  readonly instances: readonly string[];
  /** A finding for each that has not: of it the result says nothing. */
  readonly unanswered: readonly Finding[];
  /** When, by the application's clock: this machine's may be another. */
  readonly asOfMillis: number;
}

/**
 * Reads a view of a page's API.
 *
 * @param path - Beneath `api/v1/`, with what is asked.
 * @throws NotCheckableError where the page does not let in, or there is none.
 */
export async function readView<Result extends z.ZodType>(
  page: Page,
  path: string,
  result: Result,
  signal: AbortSignal,
): Promise<PageView<z.output<Result>>> {
  const { status, body } = await page.ask(`api/v1/${path}`, { signal });
  if (status === 401 || status === 403 || status === 429) throw refused(page, status);
  const whole = envelope.safeParse(parsedJson(body));
  const read = whole.success ? result.safeParse(whole.data.result) : undefined;
  if (status === 200 && whole.success && read?.success === true)
    return {
      result: read.data,
      instances: whole.data.instances.flatMap(({ instance: own, problem }) =>
        own === undefined || problem !== undefined ? [] : own.id,
      ),
      unanswered: whole.data.instances.flatMap((each) => unansweredInstance(page, each)),
      asOfMillis: whole.data.asOfMillis,
    };
  throw new NotCheckableError(
    `${page.name} answered ${status} to api/v1/${path}, and not as the runtime's page of this version does`,
    page.isExample
      ? '`npm run up` deploys the example of this version'
      : '--dashboard names where the application mounts the page, and the application has to have the runtime of this version',
  );
}

function unansweredInstance(
  { name }: Page,
  { address, instance: own, problem }: z.output<typeof envelope>['instances'][number],
): Finding[] {
  if (problem === undefined) return [];
  return [
    {
      outcome: 'unchecked',
      subject: `${name}, ${own === undefined ? address : `instance ${own.id} at ${address}`}`,
      expected: 'its part of what the page shows',
      found: problem,
      mend: 'see whether that replica runs and can be reached by the one that serves the page: the page names both, and why',
    },
  ];
}

function refused({ name, isExample }: Page, status: number): NotCheckableError {
  return new NotCheckableError(
    `${name} refuses the token (${status})`,
    isExample
      ? '`npm run up` deploys the example again, with the token of its Secret; the pods must have begun after that'
      : 'give the token that its page asks for, in a file, by --dashboard-token-file',
  );
}

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
