import type { KubernetesObject } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { differences } from './drift/differences.ts';
import { foreignFields, type ForeignField } from './drift/foreignFields.ts';
import { plainObject } from './drift/plainObject.ts';
import { judgeLive } from './judgeLive.ts';

const mend =
  "`npm run up` makes it as declared again; what it leaves since the stack does not declare it, take away with `kubectl edit`; where the change is wanted, make it in the stack's configuration";

/** What the cluster has is what the stack declares, field by field, and nobody else has set a field. */
export const objectsUndrifted: Check = {
  id: 'objects-undrifted',
  component: 'objects',
  title: 'every object in the cluster is as the stack declares it',
  run: async ({ deployment }) => {
    const declared = await deployment.declared();
    const scaled = scaledBy(declared);
    return judgeLive(deployment, declared, 'as declared', (object, live) =>
      live === undefined ? [] : judgeDrift(object, live, scaled.has(describeObject(object))),
    );
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
  const isScaling = ({ path }: { readonly path: string }): boolean => autoscaled && path === 'spec.replicas';
  const found = differences(manifest, plainObject(live), { hidden }).filter((each) => !isScaling(each));
  const foreign = foreignFields(live).filter((each) => !isScaling(each));
  if (found.length === 0 && foreign.length === 0)
    return [{ outcome: 'ok', subject, expected: 'as declared', found: 'as declared' }];
  const changed = found.map(({ path, expected, found: is }): Finding => {
    const by = foreign.find((field) => concerns(path, field.path));
    const found = `${path}: ${is}${by === undefined ? '' : ` (${setBy(by)})`}`;
    return { outcome: 'failed', subject, expected: `${path}: ${expected}`, found, mend };
  });
  const others = foreign
    .filter((field) => !found.some(({ path }) => concerns(path, field.path)))
    .map((field): Finding => {
      const expected = `${field.path} set by the stack alone, if at all`;
      return { outcome: 'failed', subject, expected, found: `${field.path} ${setBy(field)}`, mend };
    });
  return [...changed, ...others];
}

function setBy({ manager, time }: ForeignField): string {
  return `set by ${manager}${time === undefined ? '' : ` at ${time}`}`;
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
