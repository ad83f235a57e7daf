import type { KubernetesObject } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { differences, type Difference } from './drift/differences.ts';
import { foreignFields } from './drift/foreignFields.ts';
import { plainObject } from './drift/plainObject.ts';

const mend =
  "`npm run up` makes it as declared again; where the change is wanted, make it in the stack's configuration";

/** What the cluster has is what the stack declares, field by field, and nobody else has set a field. */
export const objectsUndrifted: Check = {
  id: 'objects-undrifted',
  component: 'objects',
  title: 'every object in the cluster is as the stack declares it',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    const scaled = scaledBy(declared);
    const findings = declared.map(async (object) => {
      const live = await deployment.live(object);
      return live === undefined ? [] : judgeDrift(object, live, scaled.has(describeObject(object)));
    });
    return (await Promise.all(findings)).flat();
  },
};

/** The workloads that an autoscaler of the stack changes the number of pods of. */
export function scaledBy(declared: readonly DeclaredObject[]): ReadonlySet<string> {
  const targets = declared
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
    .map(({ manifest, namespace }) => {
      const { kind = '', name = '' } = (manifest as AutoscalerManifest).spec?.scaleTargetRef ?? {};
      return describeObject({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
    });
  return new Set(targets);
}

interface AutoscalerManifest {
  readonly spec?: { readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string } };
}

/**
 * Judges one object: a finding for each difference, or one that there is none.
 * @param autoscaled - Whether the number of its pods is an autoscaler's to say.
 */
export function judgeDrift(object: DeclaredObject, live: KubernetesObject, autoscaled: boolean): Finding[] {
  const subject = describeObject(object);
  const hidden = object.kind === 'Secret';
  const manifest = hidden ? withoutWriteOnly(object.manifest) : object.manifest;
  const found = differences(manifest, plainObject(live), { hidden }).filter(
    ({ path }) => !(autoscaled && path === 'spec.replicas'),
  );
  const foreign = foreignFields(live).filter((field) => !found.some(({ path }) => concerns(path, field.path)));
  if (found.length === 0 && foreign.length === 0)
    return [{ outcome: 'ok', subject, expected: 'as declared', found: 'as declared' }];
  const changed = found.map((difference) => differing(subject, difference));
  const others = foreign
    .filter(({ path }) => !(autoscaled && path === 'spec.replicas'))
    .map(({ path, manager, time }): Finding => {
      const when = time === undefined ? '' : ` at ${time}`;
      const what = `${path} set by ${manager}${when}`;
      return { outcome: 'failed', subject, expected: `${path} set by the stack alone, if at all`, found: what, mend };
    });
  return [...changed, ...others];
}

function differing(subject: string, { path, expected, found }: Difference): Finding {
  return { outcome: 'failed', subject, expected: `${path}: ${expected}`, found: `${path}: ${found}`, mend };
}

/** Whether two paths are the same, or one is within the other. */
function concerns(one: string, other: string): boolean {
  const isIn = (inner: string, outer: string): boolean =>
    inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return one === other || isIn(one, other) || isIn(other, one);
}

/** `stringData` is written, and never read: the API server has it in `data`. */
function withoutWriteOnly(manifest: DeclaredObject['manifest']): DeclaredObject['manifest'] {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => key !== 'stringData'));
}
