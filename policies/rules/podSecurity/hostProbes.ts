import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { probeNames } from '../container/probes.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';

const handlers = [...probeNames, 'lifecycle.postStart', 'lifecycle.preStop'];
// `exec` asks no address at all, and `grpc` always the pod's own.
const hosts = handlers.flatMap((handler) => [`${handler}.httpGet.host`, `${handler}.tcpSocket.host`]);

/** Probes and lifecycle hooks ask the container itself, and nobody else. */
export const hostProbes = objectRule({
  name: 'host-probes',
  asks: 'No probe or lifecycle hook of a container has a host.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    "The node's kubelet sends these requests. With a host, a pod makes it ask addresses that only the node reaches, past every NetworkPolicy; and a probe says nothing of its container.",
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('livenessProbe: { httpGet: { path: "/", port: 8080 } }'),
  fails: podWithContainer('livenessProbe: { httpGet: { path: "/", port: 8080, host: "10.0.0.1" } }'),
  check: (object) => eachContainer(object, ({ spec }) => hostProblems(spec)),
});

function* hostProblems(spec: unknown): Iterable<ContainerProblem> {
  for (const path of hosts)
    yield* otherValues(spec, { path, allowed: [''], fix: `leave host out of ${path.replace(/\.host$/, '')}` });
}
