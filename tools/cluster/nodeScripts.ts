import { NODE_DIRECTORY, PROGRAM_DIRECTORY, type NodeLayout } from './clusterLayout.ts';
import { POD_BRIDGE } from './components/cniConfig.ts';
import { POD_CIDR, podCidrOf, runsControlPlane, SERVICE_CIDR, type NodeSettings } from './components/component.ts';
import { KUBELET_PORT } from './components/kubelet.ts';
import { KUBE_ROUTER_HEALTH_PORT } from './components/kubeRouter.ts';
import { volumesDirectory } from './components/volumeProvisioner.ts';
import { LINK_PREFIX_LENGTH } from './linkAddress.ts';
import { quote } from './serviceScript.ts';
import { WORKER_LINKS_CIDR } from './workerAddress.ts';

/** Directories of the toolchain that the node is made of. */
export interface NodePrograms {
  readonly kubernetes: string;
  readonly nodeRootfs: string;
}

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'kmsg'] as const;

// What the kubelet wants these host-wide settings to be. It changes them unless it finds these values,
// so it is shown files that hold them: the host's own settings stay untouched.
const KUBELET_SYSCTLS: Readonly<Record<string, string>> = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

// All of these belong to a network namespace.
const NETWORK_SYSCTLS: Readonly<Record<string, string>> = {
  'ipv4/ip_forward': '1',
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
  'ipv6/conf/all/disable_ipv6': '1',
  'ipv6/conf/default/disable_ipv6': '1',
  'bridge/bridge-nf-call-iptables': '1',
  // Connections to pods that are gone must not keep a node's namespace for minutes.
  'ipv4/tcp_orphan_retries': '1',
  'ipv4/tcp_fin_timeout': '5',
};

/**
 * Renders what the first process runs while it still sees the host's files. It says its process id, as
 * the host numbers it, waits for "go" (its end of input, that is the end of `up`, ends it), builds the
 * node's root and enters it.
 */
export function initScript(layout: NodeLayout, programs: NodePrograms): string {
  const root = quote(layout.mountPoint);
  const bind = (source: string, target: string): string => `mount --bind ${quote(source)} ${root}${target}`;
  const readOnly = (target: string): string => `mount -o remount,bind,ro ${root}${target}`;
  return [
    '#!/bin/sh',
    'set -eu',
    'read -r pid rest < /proc/self/stat',
    'echo "$pid"',
    'read -r word && [ "$word" = go ] || exit 1',
    `exec </dev/null >>${quote(layout.bootLog)} 2>&1`,
    'set -x',
    bind(programs.nodeRootfs, ''),
    readOnly(''),
    bind(layout.etc, '/etc'),
    bind(layout.var, '/var'),
    bind(layout.tmp, '/tmp'),
    bind(layout.node, NODE_DIRECTORY),
    bind(programs.kubernetes, PROGRAM_DIRECTORY),
    readOnly(PROGRAM_DIRECTORY),
    `mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs ${root}/run`,
    `mount -t tmpfs -o mode=0755,nosuid tmpfs ${root}/dev`,
    `mkdir ${root}/dev/pts ${root}/dev/shm ${root}/dev/mqueue`,
    ...DEVICES.flatMap((device) => [`: >${root}/dev/${device}`, bind(`/dev/${device}`, `/dev/${device}`)]),
    `mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts ${root}/dev/pts`,
    `ln -s pts/ptmx ${root}/dev/ptmx`,
    `ln -s /proc/self/fd ${root}/dev/fd`,
    `mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs ${root}/dev/shm`,
    `mount -t mqueue mqueue ${root}/dev/mqueue`,
    // A sysfs of this network namespace; it comes without the cgroup mounts, which the kubelet needs.
    `mount -t sysfs sysfs ${root}/sys`,
    `mount --rbind /sys/fs/cgroup ${root}/sys/fs/cgroup`,
    `cd ${root}`,
    'pivot_root . mnt',
    `exec chroot . /bin/sh ${NODE_DIRECTORY}/boot.sh`,
    '',
  ].join('\n');
}

/**
 * Renders what the first process runs inside the node's root: the last mounts, the network, then runit.
 *
 * @param gateway - the other end of the node's link: the host's for the first node, the first node's for a worker
 */
export function bootScript(node: NodeSettings, gateway: string): string {
  const masks = Object.entries(KUBELET_SYSCTLS).flatMap(([name, value]) => {
    const file = `/run/tracewright/${name.replaceAll('/', '.')}`;
    return [`echo ${value} >${file}`, `mount --bind ${file} /proc/sys/${name}`];
  });
  return [
    '#!/bin/sh',
    'set -eux',
    'export PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    'mount -t proc proc /proc', // First: umount looks into /proc.
    'umount -l /mnt',
    'mount --bind /proc/sys /proc/sys',
    'mkdir -p /run/lock /run/tracewright',
    ...masks,
    'mount -o remount,bind,ro /proc/sys',
    'mount --bind /proc/sys/net /proc/sys/net',
    'mount -o remount,bind,rw /proc/sys/net',
    'mount --make-rshared /',
    `hostname ${node.nodeName}`,
    ...Object.entries(NETWORK_SYSCTLS).map(([name, value]) => `echo ${value} >/proc/sys/net/${name} || true`),
    'ip link set lo up',
    ...(runsControlPlane(node) ? hostLink(node, gateway) : workerLink(node, gateway)),
    // A service's address that kube-proxy has not rewritten (yet) leads nowhere. Told so, who asks soon asks again; unheard, it
    // waits for half a minute, on a tracked connection that no rule of later changes.
    `ip rule add iif ${POD_BRIDGE} to ${SERVICE_CIDR} unreachable || true`, // A kernel without policy routing starts slower.
    `mkdir -p ${volumesDirectory(node)}`,
    `exec env -i PATH="$PATH" HOME=/root runsvdir -P ${NODE_DIRECTORY}/services`,
    '',
  ].join('\n');
}

// What leaves the cluster leaves it here, with the one address that the host knows the way to. Packets to pods and workers
// that are not there are lost, as a lost machine loses them: the host must not see them.
function hostLink(node: NodeSettings, hostAddress: string): readonly string[] {
  return [
    ...linkRules(hostAddress),
    'iptables -w -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
    ...[POD_CIDR, WORKER_LINKS_CIDR].map((block) => `ip route add blackhole ${block}`),
    `ip address add ${node.nodeAddress}/${String(LINK_PREFIX_LENGTH)} dev eth0`,
    'ip link set eth0 up',
    `ip route add default via ${hostAddress}`,
  ];
}

// Until there is a bridge, a packet to a pod of this node would travel between the two ends until it is too old.
function workerLink(node: NodeSettings, gateway: string): readonly string[] {
  return [
    `ip route add blackhole ${podCidrOf(node)} metric 1000`,
    `ip address add ${node.nodeAddress} peer ${gateway} dev eth0`,
    'ip link set eth0 up',
    `ip route add default via ${gateway}`,
  ];
}

// Before everything that kube-proxy and kube-router write, in a table that neither replaces: what a neighbour's packets
// that the host forwards may reach (nothing), and what the host's own users may not: ports that only the node itself
// asks, of which kube-router's cannot be bound to loopback.
function linkRules(hostAddress: string): readonly string[] {
  const drop = (match: string): string => `iptables -w -t mangle -A PREROUTING -i eth0 ${match} -j DROP`;
  return [
    drop(`! -s ${hostAddress}`),
    ...[KUBELET_PORT, KUBE_ROUTER_HEALTH_PORT].map((port) => drop(`-p tcp --dport ${String(port)}`)),
  ];
}
