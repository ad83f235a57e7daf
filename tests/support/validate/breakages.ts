import type { KubeConfig } from '@kubernetes/client-node';
import { addObject, editObject, removeObject, type ObjectReference, type WholeObject } from './changedObject.ts';

/** One thing that is broken, and how it must be named. */
export interface Breakage {
  readonly name: string;
  /** Which stack has what is broken: `dev`, or the one with host ports, autoscaling and a password. */
  readonly stack: BrokenStack;
  /** Breaks it. @returns what restores it exactly. */
  readonly apply: (kube: KubeConfig, namespace: string) => Promise<() => Promise<void>>;
  /** The checks of which one must name it, as failed. */
  readonly checks: readonly string[];
  /** How it must be named: the very object. */
  readonly subject: (namespace: string) => string;
}

/** The stacks that are broken. */
export type BrokenStack = 'dev' | 'breakable';

const enforceLabel = 'pod-security.kubernetes.io/enforce';
/** Jaeger's programs are the first, and only, containers of their pods. */
const container = ['spec', 'template', 'spec', 'containers', '0'];

/** Twenty breakages, each of which validate must name. */
export const breakages: readonly Breakage[] = [
  edited(
    'wrong selector in a Service',
    service('jaeger-query'),
    set(['spec', 'selector', 'app.kubernetes.io/name'], 'jaeger-quarry'),
  ),
  removed('missing NetworkPolicy', networking('NetworkPolicy', 'jaeger-collector')),
  edited('drifted replica count', app('Deployment', 'jaeger-collector'), set(['spec', 'replicas'], 1), [
    'objects-undrifted',
    'replicas-declared',
  ]),
  edited(
    'stale sampling ConfigMap',
    configMap('jaeger-sampling'),
    set(['data', 'strategies.json'], '{"default_strategy":{"type":"probabilistic","param":0.5}}'),
  ),
  edited(
    'wrong index prefix',
    app('Deployment', 'jaeger-collector'),
    setVariable('ES_INDEX_PREFIX', 'tracewright.prod'),
  ),
  edited(
    'image changed',
    app('Deployment', 'jaeger-query'),
    set([...container, 'image'], 'jaegertracing/jaeger-query:1.49.0'),
    ['images-declared', 'objects-undrifted'],
  ),
  edited(
    'probe path changed',
    app('Deployment', 'jaeger-query'),
    set([...container, 'readinessProbe', 'httpGet', 'path'], '/nowhere'),
  ),
  removed('deleted disruption budget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'jaeger-query' }),
  {
    name: 'extra policy that lets more through',
    stack: 'dev',
    apply: (kube, namespace) =>
      addObject(kube, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'allow-all', namespace },
        ...{ spec: { podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] } },
      }),
    checks: ['policies-alone'],
    subject: (namespace) => `NetworkPolicy ${namespace}/allow-all`,
  },
  edited(
    'Secret changed',
    { apiVersion: 'v1', kind: 'Secret', name: 'jaeger-elasticsearch' },
    set(['data', 'password'], Buffer.from('another').toString('base64')),
    ['objects-undrifted'],
    'breakable',
  ),
  {
    name: 'label of the namespace removed',
    stack: 'dev',
    apply: (kube, name) =>
      editObject(kube, { apiVersion: 'v1', kind: 'Namespace', name }, unset(['metadata', 'labels', enforceLabel])),
    checks: ['objects-undrifted'],
    subject: (namespace) => `Namespace ${namespace}`,
  },
  edited(
    'CronJob suspended',
    { apiVersion: 'batch/v1', kind: 'CronJob', name: 'jaeger-index-cleaner' },
    set(['spec', 'suspend'], true),
    ['jobs-succeed', 'objects-undrifted'],
  ),
  edited(
    'token of a ServiceAccount mounted',
    { apiVersion: 'v1', kind: 'ServiceAccount', name: 'jaeger-collector' },
    set(['automountServiceAccountToken'], true),
  ),
  edited(
    'limit of memory removed',
    app('Deployment', 'jaeger-query'),
    unset([...container, 'resources', 'limits', 'memory']),
  ),
  edited(
    'most pods of an autoscaler changed',
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'jaeger-query' },
    set(['spec', 'maxReplicas'], 9),
    ['objects-undrifted'],
    'breakable',
  ),
  edited('port of an endpoint changed', service('jaeger-collector'), set(['spec', 'ports', '1', 'targetPort'], 14_267)),
  edited(
    'rules of Prometheus changed',
    configMap('tracewright-monitoring'),
    set(['data', 'prometheus-rules.yaml'], 'groups: []\n'),
  ),
  {
    ...edited(
      'port of the node removed',
      app('DaemonSet', 'jaeger-agent'),
      unset([...container, 'ports', '0', 'hostPort']),
      ['objects-undrifted'],
      'breakable',
    ),
    // An agent with ports of its node has a namespace of its own.
    apply: (kube, namespace) =>
      editObject(
        kube,
        { ...app('DaemonSet', 'jaeger-agent'), namespace: `${namespace}-agent` },
        unset([...container, 'ports', '0', 'hostPort']),
      ),
    subject: (namespace) => `DaemonSet ${namespace}-agent/jaeger-agent`,
  },
  edited(
    'Role widened',
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', name: 'tracewright-viewer' },
    set(['rules', '1'], { apiGroups: [''], resources: ['pods/log', 'secrets'], verbs: ['get'] }),
  ),
  edited(
    "agent's collector address wrong",
    app('DaemonSet', 'jaeger-agent'),
    setVariable('REPORTER_GRPC_HOST_PORT', 'dns:///jaeger-collector.nowhere.svc:14250'),
  ),
];

type Edit = (object: WholeObject) => WholeObject;

function edited(
  name: string,
  reference: ObjectReference,
  edit: Edit,
  checks: readonly string[] = ['objects-undrifted'],
  stack: BrokenStack = 'dev',
): Breakage {
  return {
    name,
    stack,
    apply: (kube, namespace) => editObject(kube, { ...reference, namespace }, edit),
    checks,
    subject: (namespace) => `${reference.kind} ${namespace}/${reference.name}`,
  };
}

function removed(name: string, reference: ObjectReference): Breakage {
  return {
    name,
    stack: 'dev',
    apply: (kube, namespace) => removeObject(kube, { ...reference, namespace }),
    checks: ['objects-present'],
    subject: (namespace) => `${reference.kind} ${namespace}/${reference.name}`,
  };
}

function app(kind: string, name: string): ObjectReference {
  return { apiVersion: 'apps/v1', kind, name };
}

function networking(kind: string, name: string): ObjectReference {
  return { apiVersion: 'networking.k8s.io/v1', kind, name };
}

function service(name: string): ObjectReference {
  return { apiVersion: 'v1', kind: 'Service', name };
}

function configMap(name: string): ObjectReference {
  return { apiVersion: 'v1', kind: 'ConfigMap', name };
}

/** Sets the field at a path, whose last part alone may be new. */
function set(path: readonly string[], value: unknown): Edit {
  return (object) => {
    const [holder, key] = holderOf(object, path);
    holder[key] = value;
    return object;
  };
}

/** Takes the field at a path away, which must be there. */
function unset(path: readonly string[]): Edit {
  return (object) => {
    const [holder, key] = holderOf(object, path);
    if (!(key in holder)) throw new Error(`there is no ${path.join('.')} to take away`);
    Reflect.deleteProperty(holder, key);
    return object;
  };
}

/** Sets a variable that the first container has. */
function setVariable(name: string, value: string): Edit {
  return (object) => {
    const [holder] = holderOf(object, [...container, 'env', '0']);
    const variable = Object.values(holder).find((each) => isHolder(each) && each['name'] === name);
    if (!isHolder(variable)) throw new Error(`there is no variable ${name}`);
    variable['value'] = value;
    return object;
  };
}

type Holder = Record<string, unknown>;

function holderOf(object: WholeObject, path: readonly string[]): readonly [Holder, string] {
  let holder: unknown = object;
  for (const key of path.slice(0, -1)) holder = isHolder(holder) ? holder[key] : undefined;
  if (!isHolder(holder)) throw new Error(`there is no ${path.slice(0, -1).join('.')}`);
  return [holder, path.at(-1) ?? ''];
}

/** Lists among them, whose keys are numbers. */
function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}
