import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { podOf, ruleNamed } from './workloadPods.ts';

const inContainer = 'Pod/shop, container "shop": spec.containers[0].';
const ofPod = 'Pod/shop: spec.';

/** A Pod of one container. */
const containing = (fields: object, spec: object = {}) => podOf({ ...spec, containers: [{ name: 'shop', ...fields }] });
const secured = (securityContext: object) => containing({ securityContext });

describe('what the rules say', () => {
  it.each([
    [
      'host-process',
      secured({ windowsOptions: { hostProcess: true } }),
      `${inContainer}securityContext.windowsOptions.hostProcess is true: it must be false or left out. Fix: leave securityContext.windowsOptions.hostProcess out`,
    ],
    [
      'host-namespaces',
      containing({ ports: [{ containerPort: 8080 }, { containerPort: 6831, protocol: 'UDP' }] }, { hostNetwork: true }),
      `${ofPod}hostNetwork is true, which opens every port that its processes listen on at its node, 8080 (TCP), 6831 (UDP) among them: it must be false or left out. Fix: leave hostNetwork out`,
    ],
    [
      'host-namespaces',
      podOf({ hostNetwork: true }),
      `${ofPod}hostNetwork is true, which opens every port that its processes listen on at its node: it must be false or left out. Fix: leave hostNetwork out`,
    ],
    [
      'host-namespaces',
      podOf({ hostPID: true }),
      `${ofPod}hostPID is true, which shows it every process of its node: it must be false or left out. Fix: leave hostPID out`,
    ],
    [
      'host-namespaces',
      podOf({ hostIPC: true }),
      `${ofPod}hostIPC is true, which shows it the shared memory of all on its node: it must be false or left out. Fix: leave hostIPC out`,
    ],
    [
      'privileged-containers',
      secured({ privileged: true }),
      `${inContainer}securityContext.privileged is true: it must be false or left out. Fix: leave securityContext.privileged out`,
    ],
    [
      'capabilities-baseline',
      secured({ capabilities: { add: ['CHOWN', 'CAP_CHOWN'] } }),
      `${inContainer}securityContext.capabilities.add[1] is "CAP_CHOWN": it must be AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID or SYS_CHROOT, written like this. Fix: leave it out of securityContext.capabilities.add`,
    ],
    [
      'host-path-volumes',
      podOf({ volumes: [{ name: 'data', hostPath: { path: '/' } }] }),
      `${ofPod}volumes[0].hostPath is set: it must not be. Fix: emptyDir: {} for what may be lost, persistentVolumeClaim: { claimName: "shop" } for what must stay`,
    ],
    [
      'host-ports',
      containing({ ports: [{ containerPort: 80, hostPort: 8080 }] }),
      `${inContainer}ports[0].hostPort is 8080 (TCP): it must not be set. Fix: ports: [{ containerPort: 80, protocol: "TCP" }], reached through a Service`,
    ],
    [
      'host-ports',
      containing({ ports: [{ containerPort: 6831, protocol: 'UDP' }, { hostPort: 0 }] }, { hostNetwork: true }),
      `${inContainer}ports[0].hostPort becomes 6831 (UDP) by the hostNetwork of the pod: it must not be set. Fix: leave hostNetwork out of the pod; a Service reaches the port`,
    ],
    [
      'host-probes',
      containing({ lifecycle: { preStop: { httpGet: { port: 80, host: '10.0.0.1' } } } }),
      `${inContainer}lifecycle.preStop.httpGet.host is "10.0.0.1": it must not be set. Fix: leave host out of lifecycle.preStop.httpGet`,
    ],
    [
      'app-armor',
      podOf({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      `${ofPod}securityContext.appArmorProfile.type is "Unconfined": it must be "RuntimeDefault" or "Localhost". Fix: securityContext: { appArmorProfile: { type: "RuntimeDefault" } }`,
    ],
    [
      'app-armor',
      podOf({}, { 'container.apparmor.security.beta.kubernetes.io/shop': 'unconfined', 'example/note': 'unconfined' }),
      `Pod/shop: metadata.annotations["container.apparmor.security.beta.kubernetes.io/shop"] is "unconfined": it must be "runtime/default", "localhost/" with a name, or left out. Fix: leave it out; in the container: securityContext: { appArmorProfile: { type: "RuntimeDefault" } }`,
    ],
    [
      'se-linux',
      secured({ seLinuxOptions: { type: 'spc_t' } }),
      `${inContainer}securityContext.seLinuxOptions.type is "spc_t": it must be "container_t", "container_init_t", "container_kvm_t", "container_engine_t" or left out. Fix: leave securityContext.seLinuxOptions.type out`,
    ],
    [
      'se-linux',
      secured({ seLinuxOptions: { user: 'system_u' } }),
      `${inContainer}securityContext.seLinuxOptions.user is "system_u": it must not be set. Fix: leave securityContext.seLinuxOptions.user out`,
    ],
    [
      'proc-mount',
      secured({ procMount: 'Unmasked' }),
      `${inContainer}securityContext.procMount is "Unmasked": it must be "Default" or left out. Fix: leave securityContext.procMount out`,
    ],
    [
      'seccomp-baseline',
      secured({ seccompProfile: {} }),
      `${inContainer}securityContext.seccompProfile.type is not set: it must be "RuntimeDefault" or "Localhost". Fix: securityContext: { seccompProfile: { type: "RuntimeDefault" } }`,
    ],
    [
      'sysctls',
      podOf({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
      `${ofPod}securityContext.sysctls[0].name is "kernel.msgmax": it must be kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, net.ipv4.ip_local_reserved_ports, net.ipv4.ip_unprivileged_port_start, net.ipv4.ping_group_range, net.ipv4.tcp_fin_timeout, net.ipv4.tcp_keepalive_intvl, net.ipv4.tcp_keepalive_probes, net.ipv4.tcp_keepalive_time, net.ipv4.tcp_rmem, net.ipv4.tcp_syncookies or net.ipv4.tcp_wmem, written like this. Fix: leave it out of securityContext.sysctls`,
    ],
    [
      'volume-types',
      podOf({ volumes: [{ name: 'cache' }, { name: 'data', nfs: { server: 'files.example', path: '/' } }] }),
      `${ofPod}volumes[1].nfs is set: it must be configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret instead. Fix: emptyDir: {} for what may be lost, persistentVolumeClaim: { claimName: "shop" } for what must stay`,
    ],
    [
      'privilege-escalation',
      containing({}),
      `${inContainer}securityContext.allowPrivilegeEscalation is not set: it must be false. Fix: securityContext: { allowPrivilegeEscalation: false }`,
    ],
    [
      'run-as-non-root',
      secured({ runAsNonRoot: false }),
      `${inContainer}securityContext.runAsNonRoot is false: it must be true. Fix: securityContext: { runAsNonRoot: true }`,
    ],
    [
      'run-as-non-root',
      containing({}),
      `${inContainer}securityContext.runAsNonRoot is missing, here and in the securityContext of the pod: it must be true. Fix: securityContext: { runAsNonRoot: true }, here or in the pod`,
    ],
    [
      'run-as-user',
      podOf({ securityContext: { runAsUser: 0 } }),
      `${ofPod}securityContext.runAsUser is 0: it must be a number above 0 or left out. Fix: securityContext: { runAsUser: 10001 }`,
    ],
    [
      'seccomp-restricted',
      containing({}),
      `${inContainer}securityContext.seccompProfile is missing, here and in the securityContext of the pod: it must be of type "RuntimeDefault" or "Localhost". Fix: securityContext: { seccompProfile: { type: "RuntimeDefault" } }, here or in the pod`,
    ],
    [
      'capabilities-restricted',
      secured({ capabilities: { drop: ['NET_RAW'] } }),
      `${inContainer}securityContext.capabilities.drop is ["NET_RAW"]: it must contain "ALL", written like this. Fix: securityContext: { capabilities: { drop: ["ALL"] } }`,
    ],
    [
      'capabilities-restricted',
      secured({ capabilities: { add: ['CHOWN'], drop: ['ALL'] } }),
      `${inContainer}securityContext.capabilities.add[0] is "CHOWN": it must be NET_BIND_SERVICE, written like this. Fix: leave it out of securityContext.capabilities.add`,
    ],
  ])('%s: whose field it is, what it is, and what it must be', (name, pod, sentence) => {
    expect(problemsOf(ruleNamed(name), [pod])).toEqual([sentence]);
  });
});
