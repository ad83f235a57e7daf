import { ApiException, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import type { People } from '../../../../infra/components/accessRoles.ts';
import { operatorRules, viewerRules } from '../../../../infra/kubernetes/accessRules.ts';
import { ApiClient, type Subject } from '../../../kube/apiClient.ts';
import type { Check } from '../../check.ts';
import { NotCheckableError } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { attemptsIn } from './attempts.ts';
import { judgeAttempts, judgeRights, type Judged, type ListedRights, type Tried } from './judgeRights.ts';
import { rightsOf } from './rights.ts';

/** A namespace that no stack is in: Kubernetes' own. */
const elsewhere = 'kube-system';
const tokenSeconds = 600;
const together = 4;

/** Somebody who can be asked as. */
interface Asked extends Judged {
  /** @throws NotCheckableError where the user of the kubeconfig may not. */
  readonly client: () => Promise<ApiClient>;
}

/** The stack's accounts and its people may what they should, and nothing else: each is asked as, and tries. */
export const accessTried: Check = {
  id: 'access-tried',
  component: 'access',
  title: "by trying, the stack's accounts may nothing, and its people what their role gives",
  needs: ['active'],
  timeoutSeconds: 60,
  run: async ({ deployment, signal }) => {
    const [kube, config, namespaces] = await Promise.all([
      deployment.kube(),
      deployment.config(),
      deployment.namespaces(),
    ]);
    const core = kube.makeApiClient(CoreV1Api);
    const lists = await Promise.all(namespaces.map((namespace) => core.listNamespacedServiceAccount({ namespace })));
    const accounts = lists.flatMap(({ items }) => items.map(({ metadata }) => metadata ?? {}));
    const asked = [
      ...accounts.map(({ namespace = '', name = '' }) => askedAccount(kube, namespace, name)),
      ...askedPeople(kube, config.access),
    ].values();
    const findings: Finding[] = [];
    const work = async (): Promise<void> => {
      for (const each of asked) findings.push(...(await tryAs(each, namespaces, signal)));
    };
    await Promise.all(Array.from({ length: together }, work));
    return findings.sort((one, other) => one.subject.localeCompare(other.subject));
  },
};

async function tryAs(asked: Asked, namespaces: readonly string[], signal: AbortSignal): Promise<Finding[]> {
  signal.throwIfAborted();
  try {
    const client = await asked.client();
    const has = await Promise.all(
      namespaces.map(async (namespace) => judgeRights(asked, namespace, await rightsIn(client, namespace, signal))),
    );
    const attempts = namespaces.flatMap((namespace, index) => {
      const all = attemptsIn(namespace, elsewhere);
      return index === 0 ? all : all.filter((each) => each.namespace === namespace);
    });
    const tried = attempts.map(async (attempt): Promise<Tried> => {
      return { attempt, ...(await client.ask({ ...attempt.request, signal })) };
    });
    return [...has.flat(), ...judgeAttempts(asked, namespaces, await Promise.all(tried))];
  } catch (error) {
    signal.throwIfAborted();
    const expected = 'asked as, and tried';
    return [{ outcome: 'unchecked', subject: asked.subject, expected, ...describeRefusal(error) }];
  }
}

const review = z.object({
  status: z.object({ resourceRules: z.array(z.unknown()), incomplete: z.boolean().optional() }),
});

/** What the API server says that somebody may in a namespace. */
export async function rightsIn(
  client: Pick<ApiClient, 'ask'>,
  namespace: string,
  signal: AbortSignal,
): Promise<ListedRights> {
  const kind = 'SelfSubjectRulesReview';
  const { status, body } = await client.ask({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: { apiVersion: 'authorization.k8s.io/v1', kind, spec: { namespace } },
    signal,
  });
  if (status === 403 && body.includes('impersonate')) throw mayNotImpersonate();
  if (status >= 300)
    throw new NotCheckableError(
      `the API server does not say what they may (${kind}: ${status})`,
      'let everybody ask what they may: Kubernetes binds system:basic-user to system:authenticated for that',
    );
  const { resourceRules, incomplete = false } = review.parse(JSON.parse(body)).status;
  return { rights: rightsOf(resourceRules), isIncomplete: incomplete };
}

/** An account is asked as with a token of its own that is soon over, or else in its name. */
function askedAccount(kube: KubeConfig, namespace: string, name: string): Asked {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const subject: Subject = { user: `system:serviceaccount:${namespace}:${name}`, groups };
  return {
    subject: `ServiceAccount ${namespace}/${name}`,
    rights: new Set(),
    own: true,
    client: async () => {
      try {
        const { status } = await kube.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
          namespace,
          name,
          body: { spec: { audiences: [], expirationSeconds: tokenSeconds } },
        });
        return new ApiClient(withToken(kube, status?.token ?? ''));
      } catch (error) {
        if (error instanceof ApiException && error.code === 403) return new ApiClient(kube, subject);
        throw error;
      }
    },
  };
}

function withToken(kube: KubeConfig, token: string): KubeConfig {
  const cluster = kube.getCurrentCluster();
  if (cluster === null) throw new Error('the kubeconfig names no cluster');
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, { name: 'account', token });
  return config;
}

/** A person is asked as by name, and a group by a name that nobody has. */
function askedPeople(kube: KubeConfig, access: { readonly viewers: People; readonly operators: People }): Asked[] {
  const rightsOfAny = (has: (people: People) => boolean): ReadonlySet<string> =>
    new Set([
      ...(has(access.viewers) ? rightsOf(viewerRules) : []),
      ...(has(access.operators) ? rightsOf(operatorRules) : []),
    ]);
  const ask = (subject: string, as: Subject, rights: ReadonlySet<string>): Asked => ({
    subject,
    rights,
    own: false,
    client: () => Promise.resolve(new ApiClient(kube, as)),
  });
  const all = (which: keyof People): string[] => [...new Set([...access.viewers[which], ...access.operators[which]])];
  return [
    ...all('users').map((user) =>
      ask(
        `User ${user}`,
        { user, groups: ['system:authenticated'] },
        rightsOfAny(({ users }) => users.includes(user)),
      ),
    ),
    ...all('groups').map((group) =>
      ask(
        `Group ${group}`,
        { user: 'tracewright-validate', groups: [group, 'system:authenticated'] },
        rightsOfAny(({ groups }) => groups.includes(group)),
      ),
    ),
  ];
}

function mayNotImpersonate(): NotCheckableError {
  return new NotCheckableError(
    'the user of your kubeconfig may not ask in their name',
    'run it as one who may `impersonate` `users` and `groups` (for accounts: `create serviceaccounts/token` in their namespace)',
  );
}
