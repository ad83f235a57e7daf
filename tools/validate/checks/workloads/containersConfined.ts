import type { V1Container, V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, describeContainer } from './declaredWorkloads.ts';

/** Every container is confined, whatever the namespace's label says. That pods keep to the whole of "restricted" is told by pod-security-kept. */
export const containersConfined: Check = {
  id: 'containers-confined',
  component: 'workloads',
  title: 'every container runs without root, privileges and a writable root file system',
  run: async ({ deployment }) =>
    (await declaredWorkloads(deployment)).flatMap(({ pods }) => pods.flatMap(judgeConfinement)),
};

/** Judges every container of a pod. Where a container says nothing, its pod's word holds. */
export function judgeConfinement(pod: V1Pod): Finding[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return [...initContainers, ...containers, ...ephemeralContainers].map((container): Finding => {
    const subject = describeContainer(pod, container.name);
    const expected = 'no root, no privileges, nothing of its node, and a root file system that is only read';
    const faults = [...faultsOfPod(pod), ...faultsOf(container, pod)];
    if (faults.length === 0) return { outcome: 'ok', subject, expected, found: expected };
    return {
      outcome: 'failed',
      subject,
      expected,
      found: faults.join(', '),
      mend: '`npm run up` sets the security context again; a container of `kubectl debug` goes with its pod',
    };
  });
}

function faultsOfPod({ spec }: V1Pod): string[] {
  return [
    ...(spec?.hostNetwork === true ? ["it is in its node's network"] : []),
    ...(spec?.hostPID === true ? ["it sees its node's processes"] : []),
    ...(spec?.hostIPC === true ? ["it shares its node's IPC"] : []),
    ...((spec?.volumes ?? []).some(({ hostPath }) => hostPath !== undefined) ? ['it mounts a path of its node'] : []),
  ];
}

function faultsOf({ securityContext }: V1Container | V1EphemeralContainer, { spec }: V1Pod): string[] {
  const pod = spec?.securityContext;
  const isNonRoot = securityContext?.runAsNonRoot ?? pod?.runAsNonRoot;
  const user = securityContext?.runAsUser ?? pod?.runAsUser;
  const seccomp = (securityContext?.seccompProfile ?? pod?.seccompProfile)?.type;
  const { add = [], drop = [] } = securityContext?.capabilities ?? {};
  return [
    ...(securityContext?.privileged === true ? ['privileged'] : []),
    ...((securityContext?.procMount ?? 'Default') === 'Default' ? [] : ['it sees all of /proc']),
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['it may gain privileges']),
    ...(isNonRoot === true && user !== 0 ? [] : ['it may run as root']),
    ...(seccomp === 'RuntimeDefault' || seccomp === 'Localhost' ? [] : ['no seccomp profile']),
    ...(drop.includes('ALL') ? [] : ['it keeps capabilities']),
    ...(add.some((capability) => capability !== 'NET_BIND_SERVICE') ? [`it has ${add.join(', ')}`] : []),
    ...(securityContext?.readOnlyRootFilesystem === true ? [] : ['its root file system can be written']),
  ];
}
