import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
