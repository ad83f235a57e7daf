import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NODE_COMPONENT_NAMES } from '../../../../tools/cluster/components/component.ts';
import { createClusterLayout } from '../../../../tools/cluster/clusterLayout.ts';
import { nodeFingerprint, renderNodeFiles, writeNodeFiles } from '../../../../tools/cluster/nodeFiles.ts';

const node = {
  number: 1,
  nodeName: 'tracewright-dev',
  nodeAddress: '10.231.0.2',
  apiAddress: '10.231.0.2',
  cgroupRoot: '/tracewright-dev-12345678',
};
const files = renderNodeFiles(node, '10.231.0.1');
let layout = createClusterLayout('/unused');

beforeEach(() => {
  layout = createClusterLayout(mkdtempSync(join(tmpdir(), 'tracewright-node-')));
  mkdirSync(layout.pki, { recursive: true });
});
afterEach(() => {
  rmSync(layout.root, { recursive: true });
});

function contentOf(path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('renderNodeFiles', () => {
  it('bounds the disk by bytes, not by a share of it, and never collects images', () => {
    const kubelet: unknown = JSON.parse(contentOf('config/kubelet.json'));
    expect(kubelet).toMatchObject({
      evictionHard: { 'nodefs.available': '1Gi', 'imagefs.available': '1Gi' },
      imageGCHighThresholdPercent: 100,
    });
  });

  it('closes the kubelet to everybody without a certificate or token', () => {
    const kubelet: unknown = JSON.parse(contentOf('config/kubelet.json'));
    expect(kubelet).toMatchObject({
      authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
      authorization: { mode: 'Webhook' },
      readOnlyPort: 0,
      cgroupRoot: '/tracewright-dev-12345678',
    });
  });

  it('shows the kubelet the settings it wants instead of letting it change the host’s', () => {
    const boot = contentOf('boot.sh');
    for (const name of ['vm/overcommit_memory', 'kernel/panic', 'kernel/keys/root_maxkeys']) {
      expect(boot).toContain(`/proc/sys/${name}\n`);
    }
    expect(boot.indexOf('remount,bind,ro /proc/sys')).toBeGreaterThan(0);
    expect(boot).not.toMatch(/^sysctl/m);
  });

  it('lets crashed containers start again within seconds', () => {
    const kubelet: unknown = JSON.parse(contentOf('config/kubelet.json'));
    expect(kubelet).toMatchObject({
      featureGates: { KubeletCrashLoopBackOffMax: true },
      crashLoopBackOff: { maxContainerRestartPeriod: '10s' },
    });
  });

  it('brings changed Secrets and ConfigMaps into mounted volumes within seconds', () => {
    const kubelet: unknown = JSON.parse(contentOf('config/kubelet.json'));
    expect(kubelet).toMatchObject({ syncFrequency: '10s', configMapAndSecretChangeDetectionStrategy: 'Watch' });
  });

  it('shuts the link to all but the host, and the node’s own ports to the host too, before it is up', () => {
    const boot = contentOf('boot.sh');
    const rule = (match: string): string => `iptables -w -t mangle -A PREROUTING -i eth0 ${match} -j DROP\n`;
    for (const match of ['! -s 10.231.0.1', '-p tcp --dport 10250', '-p tcp --dport 20244']) {
      expect(boot).toContain(rule(match));
      expect(boot.indexOf(rule(match))).toBeLessThan(boot.indexOf('ip link set eth0 up'));
    }
  });

  it('refuses pods a service that kube-proxy has not written yet, instead of losing their packets', () => {
    expect(contentOf('boot.sh')).toContain('ip rule add iif cni0 to 10.96.0.0/16 unreachable');
  });

  it.each(['kube-controller-manager', 'kube-scheduler', 'kube-proxy'])('keeps %s on the node’s loopback', (name) => {
    expect(contentOf(`services/${name}/run`)).toMatch(/bind-address=127\.0\.0\.1(:\d+)? /);
  });

  it('ends its boot as runit, which then is the first process', () => {
    expect(contentOf('boot.sh')).toMatch(/exec env -i .* runsvdir -P \/srv\/services\n$/);
  });
});

describe('renderNodeFiles for a worker', () => {
  const worker = {
    number: 2,
    nodeName: 'tracewright-dev-2',
    nodeAddress: '10.245.0.2',
    apiAddress: '10.231.0.2',
    cgroupRoot: '/tracewright-dev-12345678/node-2',
  };
  const ofWorker = renderNodeFiles(worker, '10.245.0.1');
  const workerFile = (path: string): string => ofWorker.find((file) => file.path === path)?.content ?? '';

  it('has no part of the control plane, and nothing that speaks as one', () => {
    const services = ofWorker.flatMap(({ path }) => /^services\/([^/]+)\/run$/.exec(path)?.slice(1) ?? []);
    expect(services).toEqual(NODE_COMPONENT_NAMES);
    const kubeconfigs = ofWorker.flatMap(({ path }) => /^kubeconfigs\/(.+)$/.exec(path)?.slice(1) ?? []);
    expect(kubeconfigs).toEqual(['kubelet', 'kube-proxy', 'kube-router', 'volume-provisioner']);
    for (const { content } of ofWorker) expect(content).not.toMatch(/admin\.key|ca\.key/);
  });

  it('asks the first node for the API', () => {
    expect(workerFile('kubeconfigs/kubelet')).toContain('server: https://10.231.0.2:6443\n');
    expect(workerFile('services/kubelet/run')).toContain('-connect 10.231.0.2:6443 ');
  });

  it('has pods of a range of its own, and all know the range of all', () => {
    const subnetOf = (text: string): unknown => /"subnet": "([^"]+)"/.exec(text)?.[1];
    expect(subnetOf(contentOf('config/cni/10-tracewright.conflist'))).toBe('10.244.0.0/24');
    expect(subnetOf(workerFile('config/cni/10-tracewright.conflist'))).toBe('10.244.1.0/24');
    for (const file of [contentOf('services/kube-proxy/run'), workerFile('services/kube-proxy/run')])
      expect(file).toContain('--cluster-cidr=10.244.0.0/22');
  });

  it('hides the address of a pod from the host alone, never from a pod of another node', () => {
    expect(contentOf('boot.sh')).toContain('iptables -w -t nat -A POSTROUTING -o eth0 -j MASQUERADE\n');
    expect(workerFile('boot.sh')).not.toContain('MASQUERADE');
    for (const file of [contentOf, workerFile])
      expect(file('config/cni/10-tracewright.conflist')).toContain('"ipMasq": false');
  });

  it('sends what is not of its own pods to the first node, which loses what is nobody’s instead of showing it to the host', () => {
    expect(workerFile('boot.sh')).toContain('ip address add 10.245.0.2 peer 10.245.0.1 dev eth0\n');
    expect(workerFile('boot.sh')).toContain('ip route add default via 10.245.0.1\n');
    for (const block of ['10.244.0.0/22', '10.245.0.0/24'])
      expect(contentOf('boot.sh')).toContain(`ip route add blackhole ${block}\n`);
  });

  it('keeps its volumes under a directory that no other node has', () => {
    const directoryOf = (text: string): unknown => /--directory=(\S+)/.exec(text)?.[1];
    expect(directoryOf(contentOf('services/volume-provisioner/run'))).toBe('/var/lib/tracewright/volumes');
    expect(directoryOf(workerFile('services/volume-provisioner/run'))).toBe('/var/lib/tracewright/volumes-2');
    expect(workerFile('boot.sh')).toContain('mkdir -p /var/lib/tracewright/volumes-2\n');
  });
});

describe('writeNodeFiles', () => {
  it('lets only the owner read, and run what is run', () => {
    writeNodeFiles(layout, files);
    expect(statSync(join(layout.services, 'etcd', 'run')).mode & 0o777).toBe(0o700);
    expect(statSync(join(layout.kubeconfigs, 'kubelet')).mode & 0o777).toBe(0o600);
  });

  it('removes services that the cluster no longer has', () => {
    const old = join(layout.services, 'etcd-of-old');
    mkdirSync(old, { recursive: true });
    writeNodeFiles(layout, files);
    expect(existsSync(old)).toBe(false);
    expect(existsSync(join(layout.services, 'etcd'))).toBe(true);
  });
});

describe('nodeFingerprint', () => {
  const fingerprint = (programs = ['/a', '/b'], rendered = files): string =>
    nodeFingerprint(rendered, layout.pki, programs);

  it('stays the same while nothing changes', () => {
    expect(fingerprint()).toBe(fingerprint());
  });

  it('changes with programs, settings and certificates', () => {
    const before = fingerprint();
    expect(fingerprint(['/a', '/c'])).not.toBe(before);
    expect(fingerprint(undefined, renderNodeFiles(node, '10.231.0.9'))).not.toBe(before);
    writeFileSync(join(layout.pki, 'kubelet.crt'), 'renewed');
    expect(fingerprint()).not.toBe(before);
  });
});
