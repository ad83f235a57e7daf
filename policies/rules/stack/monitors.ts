import { entries, field, fieldAt, number, text } from '../../kubernetes/fields.ts';
import { labelSelectorOf, selects } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import { podPorts, servicePorts } from '../../kubernetes/ports.ts';

const group = 'monitoring.coreos.com';

/** Something that a monitor has Prometheus ask. */
export interface MonitorTarget {
  readonly object: KubernetesObject;
  /** Its ports, by the names that endpoints of the monitor call them. */
  readonly ports: readonly { readonly name: string; readonly number: number | undefined }[];
}

/** An endpoint of a monitor. */
export interface MonitorEndpoint {
  /** The name of a port; `undefined` where it goes by another field. */
  readonly port: string | undefined;
  /** The number of a port of pods, where it goes by that. */
  readonly portNumber: number | undefined;
  /** `spec.endpoints[0]`. */
  readonly path: string;
}

/** Whether an object tells Prometheus what to ask. */
export function isMonitor(object: KubernetesObject): boolean {
  return object.is('ServiceMonitor', group) || object.is('PodMonitor', group);
}

/** What a monitor has in the set: Services of a ServiceMonitor, pods of a PodMonitor. @throws UnknownFieldError */
export function monitorTargets(
  monitor: KubernetesObject,
  services: ObjectIndex,
  pods: PodIndex,
): readonly MonitorTarget[] {
  const selector = labelSelectorOf(fieldAt(monitor.body, 'spec', 'selector') ?? {});
  if (selector === undefined) return [];
  const namespaces = namespacesOf(monitor);
  if (monitor.kind === 'ServiceMonitor') {
    const found = namespaces === undefined ? services.all : namespaces.flatMap((name) => services.in(name));
    return found
      .filter(({ labels }) => selects(selector, labels))
      .map((object) => ({ object, ports: servicePorts(object.body) }));
  }
  const found = namespaces === undefined ? pods.all : namespaces.flatMap((name) => [...pods.matching(name, selector)]);
  return found
    .filter(({ labels }) => selects(selector, labels))
    .map(({ object, workload }) => ({ object, ports: podPorts(workload) }));
}

/** The endpoints of a monitor. @throws UnknownFieldError */
export function monitorEndpoints({ kind, body }: KubernetesObject): readonly MonitorEndpoint[] {
  const list = kind === 'ServiceMonitor' ? 'endpoints' : 'podMetricsEndpoints';
  return entries(fieldAt(body, 'spec', list)).map((endpoint, index) => ({
    port: text(field(endpoint, 'port')),
    portNumber: kind === 'PodMonitor' ? number(field(endpoint, 'portNumber')) : undefined,
    path: `spec.${list}[${index}]`,
  }));
}

/** The namespaces that a monitor looks at: its own, where it says nothing; `undefined` for all. */
function namespacesOf({ body, namespace }: KubernetesObject): readonly string[] | undefined {
  const selector = fieldAt(body, 'spec', 'namespaceSelector');
  if (field(selector, 'any') === true) return undefined;
  const names = entries(field(selector, 'matchNames')).filter((name): name is string => typeof name === 'string');
  return names.length === 0 ? [namespace] : [...new Set(names)];
}
