import { entries, field, fieldAt, isPresent, text } from '../../kubernetes/fields.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import { letsThrough, policyRules, policySelector, type PolicyRule } from '../../kubernetes/networkPolicies.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { PodIndex } from '../../kubernetes/podIndex.ts';
import { servicePorts, targetedPorts, type ServicePort } from '../../kubernetes/ports.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { gather } from '../gather.ts';
import { ingressBackends } from '../stack/ingressBackends.ts';
import { selectedByService } from '../stack/selectedByService.ts';
import { serviceExample } from '../stack/stackExamples.ts';
import { AdminPorts } from './adminPorts.ts';
import { eachJaeger, jaegerContainers } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

const service = (port: number) =>
  serviceExample('type: NodePort', 'selector: { app: query }', `ports: [{ port: 80, targetPort: ${port} }]`);

/** What Jaeger tells of itself is for Prometheus only. */
export const jaegerAdminPorts = stackRule({
  name: 'jaeger-admin-ports',
  asks: "Jaeger's admin ports are reached neither from outside of the cluster nor by everybody in it.",
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Beside health and metrics, an admin port hands out profiles of the process to whoever asks, and the work of making them slows it down.',
  link: 'https://www.jaegertracing.io/docs/1.50/monitoring/',
  passes: documents(jaegerExample('query'), service(16686)),
  fails: documents(jaegerExample('query'), service(16687)),
  *check(objects) {
    const admin = new AdminPorts();
    yield* eachJaeger(yield* jaegerContainers(objects), (one) => {
      admin.add(one);
      return [];
    });
    const pods = new PodIndex();
    yield* gather(admin.objects, (object) => pods.add(object));
    const services = new ObjectIndex(objects, 'Service', '');
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      if (object.is('Service', '')) yield* serviceProblems(object, pods, admin);
      if (object.is('NetworkPolicy', 'networking.k8s.io')) yield* policyProblems(object, pods, admin);
      yield* ingressProblems(object, services, pods, admin);
    });
  },
});

function* serviceProblems(service: KubernetesObject, pods: PodIndex, admin: AdminPorts): Iterable<Problem> {
  const type = text(fieldAt(service.body, 'spec', 'type')) ?? '';
  const isOpen = type === 'LoadBalancer' || type === 'NodePort';
  if (!isOpen && entries(fieldAt(service.body, 'spec', 'externalIPs')).length === 0) return;
  for (const port of servicePorts(service.body)) {
    const behind = adminBehind(service, port, pods, admin);
    if (behind === undefined) continue;
    yield {
      path: port.path,
      problem: `leads from outside of the cluster to the admin port of ${behind.identity}: it must not`,
      fix: 'leave the port out; Prometheus asks the pods',
    };
  }
}

function* ingressProblems(
  ingress: KubernetesObject,
  services: ObjectIndex,
  pods: PodIndex,
  admin: AdminPorts,
): Iterable<Problem> {
  for (const { service: name, port, path } of ingressBackends(ingress)) {
    const service = services.find(ingress.namespace, name);
    if (service === undefined) continue;
    const found = servicePorts(service.body).find((one) => (typeof port === 'string' ? one.name : one.number) === port);
    const behind = found === undefined ? undefined : adminBehind(service, found, pods, admin);
    if (behind === undefined) continue;
    yield {
      path: `${path}.port`,
      problem: `leads from outside of the cluster to the admin port of ${behind.identity}: it must not`,
      fix: 'another port of the Service',
    };
  }
}

/** The object to whose admin port a Service's port leads. */
function adminBehind(
  service: KubernetesObject,
  port: ServicePort,
  pods: PodIndex,
  admin: AdminPorts,
): KubernetesObject | undefined {
  return selectedByService(service, pods).find(({ object }) => targetedPorts(port, admin.of(object)).length > 0)
    ?.object;
}

function* policyProblems(policy: KubernetesObject, pods: PodIndex, admin: AdminPorts): Iterable<Problem> {
  const selected = [...pods.matching(policy.namespace, policySelector(policy.body))];
  if (selected.length === 0) return;
  for (const rule of policyRules(policy.body, 'Ingress')) {
    if (!isForEverybody(rule)) continue;
    const open = selected.find(({ object }) => admin.of(object).some((port) => isOpened(port, rule)));
    if (open === undefined) continue;
    yield {
      path: rule.path,
      problem: `lets everybody to the admin port of ${open.object.identity}: it must name who may, or other ports`,
      fix: 'from: [{ namespaceSelector: the namespace of Prometheus, podSelector: its pods }]',
    };
  }
}

function isOpened(port: Parameters<typeof letsThrough>[1], { ports }: PolicyRule): boolean {
  return ports.length === 0 || ports.some((allowed) => letsThrough(allowed, port));
}

function isForEverybody({ peers }: PolicyRule): boolean {
  return peers.length === 0 || peers.some(({ spec }) => isEverybody(spec));
}

/** Whether a peer is every address, or every pod of every namespace. */
function isEverybody(peer: unknown): boolean {
  const cidr = text(fieldAt(peer, 'ipBlock', 'cidr'));
  if (cidr !== undefined) return cidr.endsWith('/0');
  const namespaces = field(peer, 'namespaceSelector');
  if (!isPresent(namespaces)) return !isPresent(field(peer, 'podSelector'));
  return labelSelectorOf(namespaces)?.length === 0 && labelSelectorOf(field(peer, 'podSelector') ?? {})?.length === 0;
}
