import { manifest } from '../exampleYaml.ts';

/** What differs between the workloads of examples; each list holds lines of YAML. */
interface WorkloadExample {
  /** @defaultValue `Deployment` */
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  /** @defaultValue `shop` */
  readonly name?: string;
  /** Of the pods. @defaultValue `app: shop` */
  readonly labels?: string;
  /** @defaultValue as the labels */
  readonly selector?: string;
  /** Fields of the object's `spec`. */
  readonly spec?: readonly string[];
  /** Fields of the pods' `spec`. */
  readonly pod?: readonly string[];
  /** Fields of the container, which is named `shop`. */
  readonly container?: readonly string[];
}

/** A workload named `shop`, unless it is said otherwise. */
export function workloadExample(differences: WorkloadExample = {}): string {
  const {
    kind = 'Deployment',
    name = 'shop',
    labels = 'app: shop',
    selector = labels,
    spec = [],
    pod = [],
    container = [],
  } = differences;
  const lines = [
    'spec:',
    ...indented(2, [...spec, `selector: { matchLabels: { ${selector} } }`]),
    '  template:',
    `    metadata: { labels: { ${labels} } }`,
    '    spec:',
    ...indented(6, [...pod, 'containers:', '  - name: shop']),
    ...indented(10, container),
  ];
  return manifest('apps/v1', kind, name, lines.join('\n'));
}

/** A Service named `shop`. @param lines - Fields of its `spec`. */
export function serviceExample(...lines: readonly string[]): string {
  return manifest('v1', 'Service', 'shop', specOf(lines));
}

/** A PodDisruptionBudget named `shop`. @param lines - Fields of its `spec`, after a selector of `app: shop`. */
export function budgetExample(...lines: readonly string[]): string {
  return manifest(
    'policy/v1',
    'PodDisruptionBudget',
    'shop',
    specOf(['selector: { matchLabels: { app: shop } }', ...lines]),
  );
}

/** A NetworkPolicy named `shop`. @param lines - Fields of its `spec`. */
export function policyExample(...lines: readonly string[]): string {
  return manifest('networking.k8s.io/v1', 'NetworkPolicy', 'shop', specOf(lines));
}

/** A HorizontalPodAutoscaler of the Deployment `shop`. @param lines - Fields of its `spec`, after the target. */
export function autoscalerExample(...lines: readonly string[]): string {
  return manifest(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'shop',
    specOf(['scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }', 'maxReplicas: 5', ...lines]),
  );
}

/** A ConfigMap named `shop`. @param data - Its keys and values, as YAML in braces. */
export function configMapExample(data: string): string {
  return manifest('v1', 'ConfigMap', 'shop', `data: ${data}`);
}

/** Fields of a `spec` as YAML. */
export function specOf(lines: readonly string[]): string {
  return ['spec:', ...indented(2, lines)].join('\n');
}

function indented(spaces: number, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => ' '.repeat(spaces) + line);
}
