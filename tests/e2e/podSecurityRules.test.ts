import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { objectsOf } from '../../policies/kubernetes/object.ts';
import { workloadKinds } from '../../policies/kubernetes/workloads.ts';
import { podSecurityRules } from '../../policies/rules/podSecurity/podSecurityRules.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { controlsNamed, controlsOf, type PodSecurityLevel } from '../support/podSecurityControls.ts';
import { changedPod, type PodManifest } from '../support/podSecurityPods.ts';
import { podVariants } from '../support/podSecurityVariants.ts';
import { findingsOf } from '../support/problemsOf.ts';
import { PodSecurityNamespace } from './support/podSecurityNamespace.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const levels = ['baseline', 'restricted'] as const;
const resources = new AsyncDisposableStack();
let namespaces: Readonly<Record<PodSecurityLevel | 'warning', PodSecurityNamespace>>;

beforeAll(async () => {
  const [baseline, restricted, warning] = await Promise.all([
    PodSecurityNamespace.create(kube, 'podsecurity-baseline', { enforce: 'baseline' }),
    PodSecurityNamespace.create(kube, 'podsecurity-restricted', { enforce: 'restricted' }),
    PodSecurityNamespace.create(kube, 'podsecurity-warning', { warn: 'restricted' }),
  ]);
  for (const namespace of [baseline, restricted, warning]) resources.use(namespace);
  namespaces = { baseline, restricted, warning };
});
afterAll(() => resources.disposeAsync());

const titled = (invalid: boolean) =>
  podVariants
    .filter((variant) => variant.invalid === invalid)
    .map(({ title, changes }) => [title, changedPod(changes)] as const);

describe('the API server names the controls that our rules find broken, and no other, with', () => {
  test.each(titled(false))('%s', async (_title, pod) => {
    const verdicts = await Promise.all(
      levels.map(async (level) => {
        const { status, said } = await namespaces[level].judgePod(pod);
        return { level, taken: status === 200 || status === 201, broken: controlsNamed(said, level), said };
      }),
    );
    expect(verdicts).toMatchObject(
      levels.map((level) => {
        const broken = controlsFound(pod, level);
        return { level, taken: broken.length === 0, broken };
      }),
    );
  });
});

describe('the API server takes no such pod, whatever Pod Security says, with', () => {
  test.each(titled(true))('%s', async (_title, pod) => {
    const { status, said } = await namespaces.warning.judgePod(pod);
    expect([400, 422], said).toContain(status);
  });
});

describe('the API server warns of the controls that our rules find broken, and of no other, in', () => {
  const broken = {
    'metadata.annotations': { 'container.apparmor.security.beta.kubernetes.io/shop': 'unconfined' },
    'spec.hostPID': true,
    'spec.volumes': [{ name: 'data', hostPath: { path: '/' } }],
    'spec.initContainers[0].securityContext': undefined,
    'spec.initContainers[1].securityContext.runAsUser': 0,
    'spec.containers[0].ports': [{ containerPort: 8080, hostPort: 8080 }],
  };

  test.each(workloadKinds)('a %s', async (kind) => {
    const { apiVersion, body } = workloads[kind] ?? expect.fail(`there is no ${kind} to try`);
    const manifest = { apiVersion, kind, metadata: { name: 'shop' }, ...body(changedPod(broken)) };
    const { status, said } = await namespaces.warning.judge(manifest);
    expect(status, said).toBe(201);
    const found = controlsFound(manifest, 'restricted');
    expect(controlsNamed(said, 'restricted')).toEqual(found);
    expect(found).toEqual([
      'host-namespaces',
      'host-ports',
      'app-armor',
      'volume-types',
      'privilege-escalation',
      'run-as-user',
      'capabilities-restricted',
    ]);
  });
});

/** Names of the rules of a level that find something. */
function controlsFound(manifest: unknown, level: PodSecurityLevel): readonly string[] {
  const objects = objectsOf(manifest, { file: 'pod.yaml', line: 1 }, 'pod');
  const asked = new Set(controlsOf(level).map(({ rule }) => rule));
  return podSecurityRules
    .filter(({ name }) => asked.has(name))
    .filter((rule) => findingsOf(rule, objects).length > 0)
    .map(({ name }) => name);
}

interface WorkloadForm {
  readonly apiVersion: string;
  readonly body: (pod: PodManifest) => Readonly<Record<string, unknown>>;
}

const labels = { app: 'shop' };
const template = ({ metadata, spec }: PodManifest) => ({
  metadata: { labels, annotations: metadata.annotations },
  spec,
});
const ending = (pod: PodManifest) => template({ ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } });
const selecting = (pod: PodManifest) => ({ spec: { selector: { matchLabels: labels }, template: template(pod) } });

/** The least that the API server takes, of each kind that makes pods. */
const workloads: Readonly<Record<string, WorkloadForm>> = {
  Pod: { apiVersion: 'v1', body: ({ metadata, spec }) => ({ metadata, spec }) },
  PodTemplate: { apiVersion: 'v1', body: (pod) => ({ template: template(pod) }) },
  ReplicationController: {
    apiVersion: 'v1',
    body: (pod) => ({ spec: { selector: labels, template: template(pod) } }),
  },
  Deployment: { apiVersion: 'apps/v1', body: selecting },
  DaemonSet: { apiVersion: 'apps/v1', body: selecting },
  StatefulSet: { apiVersion: 'apps/v1', body: selecting },
  ReplicaSet: { apiVersion: 'apps/v1', body: selecting },
  Job: { apiVersion: 'batch/v1', body: (pod) => ({ spec: { template: ending(pod) } }) },
  CronJob: {
    apiVersion: 'batch/v1',
    body: (pod) => ({ spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: ending(pod) } } } }),
  },
};
