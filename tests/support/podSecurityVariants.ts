import { containerPaths, type ContainerPlace, type PodChanges } from './podSecurityPods.ts';

/** A pod that Pod Security "restricted" takes but for some changes, and what the changes break. */
export interface PodVariant {
  readonly title: string;
  readonly changes: PodChanges;
  /** Names of the rules that find a breach, in the order of the controls. */
  readonly breaks: readonly string[];
  /** The API server takes no such pod at all, whatever its Pod Security is. */
  readonly invalid: boolean;
}

const places: readonly ContainerPlace[] = ['main', 'init', 'sidecar', 'ephemeral'];
const unconfined = { type: 'Unconfined' };
const localhost = { type: 'Localhost', localhostProfile: 'shop' };
const runtimeDefault = { type: 'RuntimeDefault' };
const capability = 'securityContext.capabilities';
const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/shop';
const windows = { 'spec.os': { name: 'windows' }, 'spec.initContainers': undefined };
const windowsPod = {
  ...windows,
  'spec.securityContext': { runAsNonRoot: true },
  'spec.containers[0].securityContext': undefined,
};

function pod(changes: PodChanges, ...breaks: readonly string[]): PodVariant {
  const changed = Object.entries(changes).map(([path, value]) => `${path} ${shown(value)}`);
  const title = `${changed.join(', ') || 'nothing changed'}: breaks ${breaks.join(', ') || 'nothing'}`;
  return { title, changes, breaks, invalid: false };
}

function shown(value: unknown): string {
  return value === undefined ? 'left out' : JSON.stringify(value);
}

/** The same changes in containers of several kinds, one by one. */
function each(changes: PodChanges, breaks: readonly string[] = [], among = places): readonly PodVariant[] {
  return among.map((place) => pod(inContainer(place, changes), ...breaks));
}

function inContainer(place: ContainerPlace, changes: PodChanges): PodChanges {
  return Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [`${containerPaths[place]}.${path}`, value]),
  );
}

/** In every container of a new pod. */
function inAll(changes: PodChanges): PodChanges {
  return Object.assign({}, ...places.slice(0, 3).map((place) => inContainer(place, changes))) as PodChanges;
}

function invalid(variants: readonly PodVariant[]): readonly PodVariant[] {
  return variants.map((variant) => ({ ...variant, invalid: true }));
}

function volume(source: Readonly<Record<string, unknown>>, ...breaks: readonly string[]): PodVariant {
  return pod({ 'spec.volumes': [{ name: 'data', ...source }] }, ...breaks);
}

function sysctl(name: string, ...breaks: readonly string[]): PodVariant {
  return pod({ 'spec.securityContext.sysctls': [{ name, value: '1' }] }, ...breaks);
}

const hosts: readonly PodVariant[] = [
  pod({ 'spec.hostNetwork': false, 'spec.hostPID': false, 'spec.hostIPC': false }),
  pod({ 'spec.hostNetwork': true }, 'host-namespaces'),
  pod({ 'spec.hostPID': true }, 'host-namespaces'),
  pod({ 'spec.hostIPC': true }, 'host-namespaces'),
  pod({ 'spec.hostUsers': false }),
  pod(
    { 'spec.hostNetwork': true, 'spec.initContainers[1].ports': [{ containerPort: 8080 }] },
    'host-namespaces',
    'host-ports',
  ),
  pod({ ...windowsPod }),
  ...[
    { 'spec.securityContext.windowsOptions': { hostProcess: true } },
    { 'spec.containers[0].securityContext': { windowsOptions: { hostProcess: true } } },
  ].map((changes) => pod({ ...windowsPod, 'spec.hostNetwork': true, ...changes }, 'host-process', 'host-namespaces')),
  ...invalid(each({ 'securityContext.windowsOptions': { hostProcess: true } }, ['host-process'])),
  ...each({ 'securityContext.windowsOptions': { hostProcess: false } }),
  ...each({ 'securityContext.privileged': false }),
  ...each({ 'securityContext.privileged': true, 'securityContext.allowPrivilegeEscalation': undefined }, [
    'privileged-containers',
    'privilege-escalation',
  ]),
];

const ports: readonly PodVariant[] = [
  ...each({ ports: [{ containerPort: 8080 }] }, [], ['main', 'init', 'sidecar']),
  ...each({ ports: [{ containerPort: 8080, hostPort: 0 }] }, [], ['main', 'init', 'sidecar']),
  ...each({ ports: [{ containerPort: 8080, hostPort: 8080 }] }, ['host-ports'], ['main', 'init', 'sidecar']),
  ...each({ ports: [{ containerPort: 53, hostPort: 53, protocol: 'UDP' }] }, ['host-ports'], ['main']),
  ...invalid(each({ ports: [{ containerPort: 8080, hostPort: 8080 }] }, ['host-ports'], ['ephemeral'])),
];

const probes: readonly PodVariant[] = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'].flatMap(
    (handler) => [
      ...each({ [`${handler}.httpGet`]: { port: 8080 } }, [], ['main', 'sidecar']),
      ...each({ [`${handler}.tcpSocket`]: { port: 8080, host: '' } }, [], ['main', 'sidecar']),
      ...each({ [`${handler}.httpGet`]: { port: 8080, host: '127.0.0.1' } }, ['host-probes'], ['main', 'sidecar']),
      ...each({ [`${handler}.tcpSocket`]: { port: 8080, host: 'shop' } }, ['host-probes'], ['main', 'sidecar']),
      ...invalid(
        each({ [`${handler}.httpGet`]: { port: 8080, host: 'shop' } }, ['host-probes'], ['init', 'ephemeral']),
      ),
    ],
  ),
  ...each({ 'livenessProbe.grpc': { port: 8080 }, 'lifecycle.preStop.exec': { command: ['true'] } }, [], ['main']),
];

const capabilities: readonly PodVariant[] = [
  ...each({ [`${capability}.add`]: ['NET_BIND_SERVICE'] }),
  ...each({ [`${capability}.add`]: ['NET_BIND_SERVICE', 'CHOWN'] }, ['capabilities-restricted']),
  ...each({ [`${capability}.add`]: ['NET_RAW'] }, ['capabilities-baseline', 'capabilities-restricted']),
  ...['ALL', 'SYS_ADMIN', 'chown', 'CAP_CHOWN', 'CAP_NET_BIND_SERVICE', ''].map((name) =>
    pod(inContainer('main', { [`${capability}.add`]: [name] }), 'capabilities-baseline', 'capabilities-restricted'),
  ),
  ...[
    'AUDIT_WRITE',
    'CHOWN',
    'DAC_OVERRIDE',
    'FOWNER',
    'FSETID',
    'KILL',
    'MKNOD',
    'SETFCAP',
    'SETGID',
    'SETPCAP',
    'SETUID',
    'SYS_CHROOT',
  ].map((name) => pod(inContainer('main', { [`${capability}.add`]: [name] }), 'capabilities-restricted')),
  ...each({ [`${capability}.drop`]: ['NET_RAW', 'ALL'] }),
  ...each({ [`${capability}.drop`]: ['NET_RAW'] }, ['capabilities-restricted']),
  ...each({ [capability]: undefined }, ['capabilities-restricted']),
  ...[[], undefined, ['all'], ['CAP_ALL']].map((drop) =>
    pod(inContainer('main', { [`${capability}.drop`]: drop }), 'capabilities-restricted'),
  ),
  ...each({ 'securityContext.allowPrivilegeEscalation': true }, ['privilege-escalation']),
  ...each({ 'securityContext.allowPrivilegeEscalation': undefined }, ['privilege-escalation']),
  ...each({ securityContext: undefined }, ['privilege-escalation', 'capabilities-restricted']),
];

const appArmor: readonly PodVariant[] = [
  ...[runtimeDefault, localhost].flatMap((profile) => [
    pod({ 'spec.securityContext.appArmorProfile': profile }),
    ...each({ 'securityContext.appArmorProfile': profile }),
  ]),
  pod({ 'spec.securityContext.appArmorProfile': unconfined }, 'app-armor'),
  pod(
    { 'spec.securityContext.appArmorProfile': unconfined, ...inAll({ 'securityContext.appArmorProfile': localhost }) },
    'app-armor',
  ),
  ...each({ 'securityContext.appArmorProfile': unconfined }, ['app-armor']),
  ...['runtime/default', 'localhost/shop', ''].map((profile) =>
    pod({ 'metadata.annotations': { [appArmorAnnotation]: profile } }),
  ),
  pod({ 'metadata.annotations': { [appArmorAnnotation]: 'unconfined' } }, 'app-armor'),
  ...invalid([
    pod({ 'metadata.annotations': { [appArmorAnnotation]: 'none' } }, 'app-armor'),
    pod({ 'spec.securityContext.appArmorProfile': {} }, 'app-armor'),
  ]),
];

const seLinux: readonly PodVariant[] = [
  ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', ''].map((type) =>
    pod({ 'spec.securityContext.seLinuxOptions': { type, user: '', role: '', level: 's0:c1,c2' } }),
  ),
  ...each({ 'securityContext.seLinuxOptions': { type: 'container_t' } }),
  ...[{ type: 'spc_t' }, { user: 'system_u' }, { role: 'system_r' }].flatMap((options) => [
    pod({ 'spec.securityContext.seLinuxOptions': options }, 'se-linux'),
    ...each({ 'securityContext.seLinuxOptions': options }, ['se-linux']),
  ]),
  pod(
    {
      'spec.securityContext.seLinuxOptions': { type: 'spc_t' },
      ...inAll({ 'securityContext.seLinuxOptions': { type: 'container_t' } }),
    },
    'se-linux',
  ),
];

const procMount: readonly PodVariant[] = [
  ...each({ 'securityContext.procMount': 'Default' }),
  ...places
    .slice(0, 3)
    .map((place) =>
      pod(
        { 'spec.hostUsers': false, ...inContainer(place, { 'securityContext.procMount': 'Unmasked' }) },
        'proc-mount',
      ),
    ),
  ...invalid(each({ 'securityContext.procMount': 'Unmasked' }, ['proc-mount'])),
  ...invalid(each({ 'securityContext.procMount': '' }, ['proc-mount'], ['main'])),
];

const podProfile = 'spec.securityContext.seccompProfile';
const ownProfile = 'securityContext.seccompProfile';
const bothSeccomps = ['seccomp-baseline', 'seccomp-restricted'];

const seccomp: readonly PodVariant[] = [
  pod({ [podProfile]: localhost }),
  ...each({ [ownProfile]: localhost }),
  pod({ [podProfile]: unconfined }, ...bothSeccomps),
  pod({ [podProfile]: unconfined, ...inAll({ [ownProfile]: runtimeDefault }) }, ...bothSeccomps),
  ...each({ [ownProfile]: unconfined }, bothSeccomps),
  pod({ [podProfile]: undefined }, 'seccomp-restricted'),
  pod({ [podProfile]: undefined, ...inAll({ [ownProfile]: runtimeDefault }) }),
  ...places.slice(0, 3).map((place) =>
    pod(
      {
        [podProfile]: undefined,
        ...inAll({ [ownProfile]: runtimeDefault }),
        ...inContainer(place, { [ownProfile]: undefined }),
      },
      'seccomp-restricted',
    ),
  ),
  pod({
    [podProfile]: undefined,
    ...inAll({ [ownProfile]: runtimeDefault }),
    'metadata.annotations': { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
  }),
  pod({ 'metadata.annotations': { 'container.seccomp.security.alpha.kubernetes.io/shop': 'unconfined' } }),
  ...invalid([pod({ [podProfile]: {} }, ...bothSeccomps)]),
];

const podNonRoot = 'spec.securityContext.runAsNonRoot';
const ownNonRoot = 'securityContext.runAsNonRoot';

const users: readonly PodVariant[] = [
  ...each({ [ownNonRoot]: true }),
  pod({ [podNonRoot]: false }, 'run-as-non-root'),
  pod({ [podNonRoot]: false, ...inAll({ [ownNonRoot]: true }) }, 'run-as-non-root'),
  ...each({ [ownNonRoot]: false }, ['run-as-non-root']),
  pod({ [podNonRoot]: undefined }, 'run-as-non-root'),
  pod({ [podNonRoot]: undefined, ...inAll({ [ownNonRoot]: true }) }),
  ...places.slice(0, 3).map((place) =>
    pod(
      {
        [podNonRoot]: undefined,
        ...inAll({ [ownNonRoot]: true }),
        ...inContainer(place, { [ownNonRoot]: undefined }),
      },
      'run-as-non-root',
    ),
  ),
  pod({ 'spec.securityContext.runAsUser': 10001 }),
  ...each({ 'securityContext.runAsUser': 10001 }),
  pod({ 'spec.securityContext.runAsUser': 0 }, 'run-as-user'),
  pod({ 'spec.securityContext.runAsUser': 0, ...inAll({ 'securityContext.runAsUser': 10001 }) }, 'run-as-user'),
  ...each({ 'securityContext.runAsUser': 0 }, ['run-as-user']),
  pod({ 'spec.hostUsers': false, [podNonRoot]: false }, 'run-as-non-root'),
  pod({ 'spec.hostUsers': false, 'spec.securityContext.runAsUser': 0 }, 'run-as-user'),
  pod({ 'spec.securityContext': undefined }, 'run-as-non-root', 'seccomp-restricted'),
];

const windowsAndLinux: readonly PodVariant[] = [
  pod({ 'spec.os': { name: 'linux' } }),
  pod(
    {
      'spec.os': { name: 'linux' },
      'spec.securityContext': undefined,
      'spec.containers[0].securityContext': undefined,
    },
    'privilege-escalation',
    'run-as-non-root',
    'seccomp-restricted',
    'capabilities-restricted',
  ),
  pod({ ...windowsPod, 'spec.securityContext': undefined }, 'run-as-non-root'),
  pod({ ...windowsPod, 'spec.hostNetwork': true }, 'host-namespaces'),
  ...invalid([pod({ ...windowsPod, 'spec.securityContext.runAsUser': 0 }, 'run-as-user')]),
];

const sysctls: readonly PodVariant[] = [
  ...[
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.ping_group_range',
    'net.ipv4.ip_unprivileged_port_start',
    'net.ipv4.ip_local_reserved_ports',
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_wmem',
  ].map((name) => sysctl(name)),
  ...['kernel.msgmax', 'net.core.somaxconn', 'net/ipv4/tcp_syncookies'].map((name) => sysctl(name, 'sysctls')),
];

const volumes: readonly PodVariant[] = [
  volume({}),
  volume({ emptyDir: { medium: 'Memory' } }),
  volume({ configMap: { name: 'shop' } }),
  volume({ secret: { secretName: 'shop' } }),
  volume({ downwardAPI: { items: [] } }),
  volume({ projected: { sources: [] } }),
  volume({ persistentVolumeClaim: { claimName: 'shop' } }),
  volume({ csi: { driver: 'shop.example' } }),
  volume({
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  }),
  volume({ image: { reference: 'shop:1.4.2' } }),
  volume({ hostPath: { path: '/var/lib/shop' } }, 'host-path-volumes', 'volume-types'),
  ...[
    { gcePersistentDisk: { pdName: 'shop' } },
    { awsElasticBlockStore: { volumeID: 'shop' } },
    { gitRepo: { repository: 'shop' } },
    { nfs: { server: 'files.example', path: '/shop' } },
    { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.example:shop', lun: 0 } },
    { glusterfs: { endpoints: 'shop', path: 'shop' } },
    { rbd: { monitors: ['10.0.0.1'], image: 'shop' } },
    { flexVolume: { driver: 'example/shop' } },
    { cinder: { volumeID: 'shop' } },
    { cephfs: { monitors: ['10.0.0.1'] } },
    { flocker: { datasetName: 'shop' } },
    { fc: { targetWWNs: ['500a0982991b8dc5'], lun: 0 } },
    { azureFile: { secretName: 'shop', shareName: 'shop' } },
    { vsphereVolume: { volumePath: '[shop] data' } },
    { quobyte: { registry: '10.0.0.1:7861', volume: 'shop' } },
    { azureDisk: { diskName: 'shop', diskURI: 'https://disks.example/shop' } },
    { portworxVolume: { volumeID: 'shop' } },
    { photonPersistentDisk: { pdID: 'shop' } },
    { scaleIO: { gateway: 'https://10.0.0.1', system: 'shop', volumeName: 'shop', secretRef: { name: 'shop' } } },
    { storageos: { volumeName: 'shop' } },
  ].map((source) => volume(source, 'volume-types')),
  ...invalid([volume({ newKind: {} }, 'volume-types')]),
];

/** For every control what it allows and what it forbids, in each place where its fields can stand. */
export const podVariants: readonly PodVariant[] = [
  pod({}),
  ...hosts,
  ...ports,
  ...probes,
  ...capabilities,
  ...appArmor,
  ...seLinux,
  ...procMount,
  ...seccomp,
  ...users,
  ...windowsAndLinux,
  ...sysctls,
  ...volumes,
];
