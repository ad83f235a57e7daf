import { fieldAt } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { PodIndex } from '../../kubernetes/podIndex.ts';
import type { ContainerProblem } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { gather } from '../gather.ts';
import { selectedByService } from '../stack/selectedByService.ts';
import { eachJaeger, jaegerContainers, type JaegerContainer } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

const variable = 'REPORTER_GRPC_HOST_PORT';
const fix = `${variable}: dns:///<headless Service of the collectors>:14250`;
/** Jaeger 1.50, `ports/ports.go`. */
const collectorPort = '14250';

const service = manifest(
  'v1',
  'Service',
  'collectors',
  'spec: { clusterIP: None, selector: { app: collector }, ports: [{ port: 14250 }] }',
);
const agent = (address: string) => jaegerExample('agent', { env: [`{ name: ${variable}, value: "${address}" }`] });

/** Agents spread their spans over all collectors. */
export const jaegerAgentAddress = stackRule({
  name: 'jaeger-agent-address',
  asks: 'Every Jaeger agent finds its collectors through dns:/// and a headless Service.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'gRPC keeps one connection: with a plain name or a Service that has an address, all spans of an agent go to one collector, however many there are.',
  link: 'https://www.jaegertracing.io/docs/1.50/deployment/#discovery-system-integration',
  passes: documents(service, jaegerExample('collector'), agent('dns:///collectors:14250')),
  fails: documents(service, jaegerExample('collector'), agent('collectors:14250')),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    const services = new ObjectIndex(objects, 'Service', '');
    const collectors = containers.filter(({ role }) => role === 'collector' || role === 'all-in-one');
    const pods = new PodIndex();
    yield* gather(new Set(collectors.map(({ object }) => object)), (object) => pods.add(object));
    const agents = containers.filter(({ role }) => role === 'agent');
    yield* eachJaeger(agents, (one) => addressProblems(one, services, pods, collectors));
  },
});

function* addressProblems(
  { settings, object }: JaegerContainer,
  services: ObjectIndex,
  pods: PodIndex,
  collectors: readonly JaegerContainer[],
): Iterable<ContainerProblem> {
  const setting = settings.get(variable);
  if (setting === undefined) {
    yield { path: 'env', problem: `has no ${variable}: it must be there`, fix };
    return;
  }
  if (setting.value === undefined) return;
  const [, host, port = ''] = /^dns:\/\/[^/]*\/([^:/,\s]+):(\d+)$/.exec(setting.value) ?? [];
  if (host === undefined) {
    yield { path: setting.path, problem: `is ${variable} and names no dns:///host:port: it must`, fix };
    return;
  }
  const service = serviceAt(host, object.namespace, services);
  const targets = service === undefined ? [] : collectorsBehind(service, pods, collectors);
  const ports = targets.length === 0 ? [collectorPort] : targets.map(grpcPortOf);
  if (!ports.includes(port))
    yield {
      path: setting.path,
      problem: `is ${variable} and leads to another port than the collector's for gRPC: it must be ${ports[0] ?? collectorPort}`,
      fix,
    };
  const problem = service === undefined ? undefined : serviceProblem(service, targets);
  if (problem !== undefined) yield { path: setting.path, problem: `is ${variable} and leads to ${problem}`, fix };
}

function serviceProblem(service: KubernetesObject, targets: readonly JaegerContainer[]): string | undefined {
  if (fieldAt(service.body, 'spec', 'clusterIP') !== 'None')
    return `${service.identity}, which has an address of its own: it must be headless (clusterIP: "None")`;
  return targets.length > 0
    ? undefined
    : `${service.identity}, which selects no Jaeger collector of the set: it must select some`;
}

/** The Service of the set that a name means; none for a name outside of the cluster. */
function serviceAt(host: string, namespace: string, services: ObjectIndex): KubernetesObject | undefined {
  const [name = '', ofNamespace = namespace, kind = 'svc'] = host.split('.');
  return kind === 'svc' ? services.find(ofNamespace, name) : undefined;
}

function collectorsBehind(
  service: KubernetesObject,
  pods: PodIndex,
  collectors: readonly JaegerContainer[],
): readonly JaegerContainer[] {
  const selected = new Set(selectedByService(service, pods).map(({ object }) => object));
  return collectors.filter(({ object }) => selected.has(object));
}

function grpcPortOf({ settings }: JaegerContainer): string {
  const address = settings.get('COLLECTOR_GRPC_SERVER_HOST_PORT')?.value ?? '';
  return /:(\d+)$/.exec(address)?.[1] ?? collectorPort;
}
