import type { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { ApiClient, type Subject } from '../../../../tools/kube/apiClient.ts';
import { attackPeople } from './attackNamespaces.ts';
import { attackResult, type AttackResult } from './attackResult.ts';
import { rightsOfEverybody, rightsOfOperators, rightsOfViewers } from './expectedRights.ts';
import { offeredRights, type Right } from './offeredRights.ts';

/** Somebody who asks, and what they may in Jaeger's namespace. */
export interface JudgedSubject extends Subject {
  /** How the result names them. */
  readonly name: string;
  readonly rights: readonly string[];
}

/** What is attacked. */
export interface AccessMatrixOptions {
  readonly kube: KubeConfig;
  /** Jaeger's namespace: a stack with `attackSettings`. */
  readonly namespace: string;
  /** Only these. Left out: everybody of {@link judgedSubjects}. */
  readonly subjects?: readonly JudgedSubject[];
  /** Only these rights, by name. Left out: all that the API server offers. */
  readonly rights?: readonly string[];
}

const accountList = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });
const review = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Names of the ServiceAccounts of a namespace, sorted. */
export async function serviceAccounts(kube: KubeConfig, namespace: string): Promise<readonly string[]> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const { items } = accountList.parse(await new ApiClient(kube).askJson({ path }));
  return items.map(({ metadata }) => metadata.name).sort();
}

/** Every ServiceAccount of the stack, people with each role by name and by group, and somebody whom the cluster only knows. */
export async function judgedSubjects(kube: KubeConfig, namespace: string): Promise<readonly JudgedSubject[]> {
  const accounts = await serviceAccounts(kube, namespace);
  const { viewers, operators } = attackPeople;
  return [
    ...accounts.map((name) => ({ name: `account ${name}`, ...accountSubject(namespace, name), rights: [] })),
    { ...person('viewer', viewers.users[0]), rights: rightsOfViewers },
    { ...person('member of viewers', 'member', viewers.groups[0]), rights: rightsOfViewers },
    { ...person('operator', operators.users[0]), rights: rightsOfOperators },
    { ...person('member of operators', 'member', operators.groups[0]), rights: rightsOfOperators },
    { ...person('somebody', 'somebody'), rights: [] },
  ];
}

/** A ServiceAccount, as the API server knows it. */
export function accountSubject(namespace: string, name: string): Subject {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { user: `system:serviceaccount:${namespace}:${name}`, groups };
}

function person(name: string, user: string, ...groups: readonly string[]) {
  return { name, user, groups: [...groups, 'system:authenticated'] };
}

/**
 * Asks the API server itself, for each of them and for everything that it offers, whether they may: in Jaeger's namespace, in
 * another and in all at once.
 */
export async function runAccessMatrix(options: AccessMatrixOptions): Promise<AttackResult> {
  const { kube, namespace } = options;
  const api = new ApiClient(kube);
  const offered = await offeredRights(api);
  const rights = options.rights ? offered.filter(({ name }) => options.rights?.includes(name)) : offered;
  const subjects = options.subjects ?? (await judgedSubjects(kube, namespace));
  const cells = subjects.flatMap((subject) => rights.flatMap((right) => cellsOf(subject, right, namespace)));
  const wrong: string[] = [];
  const waiting = cells.values();
  const work = async (): Promise<void> => {
    for (const cell of waiting) {
      const allowed = await isAllowed(api, cell);
      if (allowed !== cell.expected) wrong.push(inWords(cell, allowed));
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return attackResult(
    cells.map(({ expected }) => expected),
    wrong,
  );
}

interface AccessCell {
  readonly subject: JudgedSubject;
  readonly right: Right;
  /** Empty: all of them, or the cluster itself. */
  readonly namespace: string;
  readonly expected: boolean;
}

function cellsOf(subject: JudgedSubject, right: Right, jaeger: string): AccessCell[] {
  const everywhere = rightsOfEverybody.includes(right.name);
  const cell = (namespace: string, own: boolean): AccessCell => ({
    subject,
    right,
    namespace,
    expected: everywhere || (own && subject.rights.includes(right.name)),
  });
  return right.namespaced ? [cell(jaeger, true), cell('kube-system', false), cell('', false)] : [cell('', false)];
}

async function isAllowed(api: ApiClient, { subject, right, namespace }: AccessCell): Promise<boolean> {
  const { verb, group, resource, subresource } = right;
  const answer = await api.askJson({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: subject.user,
        groups: subject.groups,
        resourceAttributes: { verb, group, resource, subresource, namespace },
      },
    },
  });
  return review.parse(answer).status.allowed;
}

function inWords({ subject, right, namespace }: AccessCell, allowed: boolean): string {
  const where = namespace === '' ? 'everywhere' : `in ${namespace}`;
  return `${subject.name} ${allowed ? 'may' : 'may not'} ${right.name} ${where}`;
}
