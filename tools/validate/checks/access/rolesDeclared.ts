import type { KubernetesObject } from '@kubernetes/client-node';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { plainObject } from '../objects/drift/plainObject.ts';
import { judgeLive } from '../objects/judgeLive.ts';
import { rightsBeyond, rightsInWords, rightsOf } from './rights.ts';

const kinds = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];
const mend = "`npm run up` makes it as declared again; say who may look and act in the stack's configuration (access)";

/** Roles give what the stack says, and to whom it says. */
export const rolesDeclared: Check = {
  id: 'roles-declared',
  component: 'access',
  title: 'every role of the stack gives what it should, and to nobody else',
  applies: async (deployment) => (await deployment.declared()).some(({ kind }) => kinds.includes(kind)),
  run: async ({ deployment }) => {
    const own = (await deployment.declared()).filter(({ kind }) => kinds.includes(kind));
    return judgeLive(deployment, own, 'as the stack declares it', judgeRole);
  },
};

/** Judges a role or a binding by what the cluster has; undefined is nothing. */
export function judgeRole(object: DeclaredObject, live: KubernetesObject | undefined): Finding[] {
  const subject = describeObject(object);
  const isBinding = object.kind.endsWith('Binding');
  const expected = isBinding ? 'binds whom it should' : 'gives what it should';
  if (live === undefined)
    return [{ outcome: 'failed', subject, expected, found: 'missing: its people may not even look', mend }];
  const [said, there] = [object.manifest, plainObject(live)].map(isBinding ? boundBy : ({ rules }) => rightsOf(rules));
  if (said === undefined || there === undefined) return [];
  const beyond = isBinding ? namesBeyond : rightsBeyond;
  const more = beyond(there, said);
  const less = beyond(said, there);
  const [gives, lacks] = isBinding ? ['binds also', 'does not bind'] : ['gives also', 'does not give'];
  const faults = [
    ...(more.length > 0 ? [`${gives}: ${rightsInWords(more)}`] : []),
    ...(less.length > 0 ? [`${lacks}: ${rightsInWords(less)}`] : []),
  ];
  if (faults.length === 0) return [{ outcome: 'ok', subject, expected, found: expected }];
  return faults.map((found) => ({ outcome: 'failed', subject, expected, found, mend }));
}

/** Who is bound to what, each in words. */
function boundBy({ roleRef, subjects }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const role = isRecord(roleRef) ? `${textOf(roleRef['kind'])} ${textOf(roleRef['name'])}` : '';
  const list: readonly unknown[] = Array.isArray(subjects) ? subjects : [];
  return new Set(
    list
      .filter(isRecord)
      .map(({ kind, name, namespace }) =>
        [
          textOf(kind),
          namespace === undefined ? textOf(name) : `${textOf(namespace)}/${textOf(name)}`,
          'to',
          role,
        ].join(' '),
      ),
  );
}

function namesBeyond(some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...some].filter((each) => !others.has(each)).sort();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
