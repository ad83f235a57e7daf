import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { tracesToLabel } from '../../../../infra/kubernetes/labels.ts';
import { defaultNamespace } from '../../../../infra/schema/installation.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly resources?: { readonly requests?: object; readonly limits?: object };
  readonly startupProbe?: object;
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
  readonly securityContext?: object;
}
interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly template?: {
      readonly spec: { readonly containers: readonly Container[] } & Readonly<Record<string, unknown>>;
    };
  };
}

const directory = new URL('../../../../examples/checkout/kubernetes/', import.meta.url);
const objects = readdirSync(directory)
  .sort()
  .flatMap((file) =>
    parseAllDocuments(readFileSync(new URL(file, directory), 'utf8')).map(
      (document) => document.toJS() as KubernetesObject,
    ),
  );
const pods = objects.flatMap(({ kind, metadata, spec }) =>
  spec?.template === undefined ? [] : [[`${kind} ${metadata.name}`, spec.template.spec] as const],
);

describe('the manifests of the shop', () => {
  it('begin with the namespace, whose pods are restricted and may send spans to the Jaeger of the default namespace', () => {
    expect(objects[0]).toMatchObject({
      kind: 'Namespace',
      metadata: {
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted', [tracesToLabel]: defaultNamespace },
      },
    });
  });

  it('put every object into the namespace and mark it as part of the shop', () => {
    for (const { kind, metadata } of objects) {
      if (kind !== 'Namespace') expect(metadata.namespace).toBe('checkout');
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'checkout' });
    }
  });

  it('hold no secret', () => {
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it.each(pods)('confine the pods of %s', (_name, pod) => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const container of pod.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(Object.keys(container.resources?.requests ?? {})).toEqual(['cpu', 'memory']);
      expect(Object.keys(container.resources?.limits ?? {})).toEqual(['cpu', 'memory']);
    }
  });

  it.each(pods)('ask the containers of %s three different questions', (_name, pod) => {
    for (const { startupProbe, livenessProbe, readinessProbe } of pod.containers) {
      const questions = [startupProbe, livenessProbe, readinessProbe].map((probe) => JSON.stringify(probe));
      expect(questions).not.toContain(undefined);
      expect(new Set(questions).size).toBe(3);
    }
  });
});
