import type { KubernetesObject } from '@kubernetes/client-node';
import { stackLabel } from '../../../../infra/kubernetes/labels.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { isPulumi } from './drift/foreignFields.ts';
import { judgeLive } from './judgeLive.ts';

/** What the stack declares was made by a Pulumi stack, and lies in a namespace that is this stack's. */
export const objectsOwned: Check = {
  id: 'objects-owned',
  component: 'objects',
  title: 'every object that the stack declares belongs to this stack',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    const { stack } = deployment;
    const owners = await readOwners(deployment, declared);
    return judgeLive(deployment, declared, `made by stack ${stack}`, (object, live) => {
      const namespace = object.kind === 'Namespace' ? object.name : object.namespace;
      return live === undefined ? [] : [judgeOwner(object, live, stack, namespace, owners)];
    });
  },
};

/** The stack that each declared namespace says it belongs to; without those that are missing or cannot be read. */
async function readOwners(
  { live }: Pick<Deployment, 'live'>,
  declared: readonly DeclaredObject[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const namespaces = declared.filter(({ kind }) => kind === 'Namespace');
  const found = await Promise.all(
    namespaces.map(async (object) => ({ name: object.name, read: await live(object).catch(() => undefined) })),
  );
  return new Map(
    found.flatMap(({ name, read }) => (read === undefined ? [] : [[name, read.metadata?.labels?.[stackLabel]]])),
  );
}

/**
 * Judges whose one object is.
 * @param namespace - Where it lies; undefined for what is in none, which has no label of a stack.
 * @param owners - The stack that each namespace of the stack says it belongs to.
 */
export function judgeOwner(
  object: DeclaredObject,
  live: KubernetesObject,
  stack: string,
  namespace: string | undefined,
  owners: ReadonlyMap<string, string | undefined>,
): Finding {
  const subject = describeObject(object);
  const expected = `made by stack ${stack}`;
  const managers = (live.metadata?.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
  const [maker, ...others] = new Set(managers.filter(isPulumi).map(({ manager }) => manager));
  if (maker === undefined) {
    const found = `made by ${managers.map(({ manager = 'somebody' }) => manager).join(' and ') || 'nobody that is known'}, and by no Pulumi stack`;
    const mend = "see who has made it anew; `npm run up` makes it the stack's again";
    return { outcome: 'failed', subject, expected, found, mend };
  }
  if (namespace !== undefined && owners.has(namespace)) {
    const owner = owners.get(namespace);
    if (owner !== stack) return notOurs(subject, expected, namespace, owner);
  }
  if (others.length === 0) return { outcome: 'ok', subject, expected, found: expected };
  return {
    outcome: 'warning',
    subject,
    expected,
    found: `fields of it are held by ${others.length + 1} Pulumi stacks, or by one whose state was made anew`,
    mend: 'make sure that no stack of another project or backend declares it too',
  };
}

function notOurs(subject: string, expected: string, namespace: string, owner: string | undefined): Finding {
  const label = `the label ${stackLabel} of namespace ${namespace}`;
  const found = owner === undefined ? `${label} is gone` : `${label} says that it belongs to stack ${owner}`;
  const mend =
    owner === undefined
      ? '`npm run up` sets it again'
      : "see which of both stacks has taken the other's namespace; give one of them another (tracewright:namespace)";
  return { outcome: 'failed', subject, expected, found, mend };
}
