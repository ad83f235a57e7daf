import { describe, expect, it } from 'vitest';
import { clusterComponents } from '../../../../tools/cluster/components/clusterComponents.ts';
import { COMPONENT_NAMES } from '../../../../tools/cluster/components/component.ts';
import { logScript, quote, serviceScript } from '../../../../tools/cluster/serviceScript.ts';

const node = {
  number: 1,
  nodeName: 'tracewright-dev',
  nodeAddress: '10.231.0.2',
  apiAddress: '10.231.0.2',
  cgroupRoot: '/tracewright-dev-12345678',
};

describe('serviceScript', () => {
  it('becomes the component, so that runit supervises the component and not a shell', () => {
    expect(serviceScript({ name: 'etcd', command: ['/usr/bin/etcd', '--name=node'] }, node)).toBe(
      '#!/bin/bash\nexec 2>&1\nexec /usr/bin/etcd \\\n  --name=node\n',
    );
  });

  it.each([
    ['etcd', '/dev/tcp/127.0.0.1/2379'],
    ['api', 'check=poststarthook/rbac/bootstrap-roles'],
    ['api-caches', 'GET /readyz/%s HTTP/1.0\\r\\n\\r\\n\' "informer-sync"'],
    ['containerd', '[ -S /run/containerd/containerd.sock ]'],
  ] as const)('waits for %s before it starts what needs it', (startsAfter, condition) => {
    const script = serviceScript({ name: 'kubelet', command: ['/opt/kubelet'], startsAfter: [startsAfter] }, node);
    expect(script.indexOf(condition)).toBeGreaterThan(0);
    expect(script.indexOf(condition)).toBeLessThan(script.indexOf('exec /opt/kubelet'));
  });

  it('waits for one after the other where a component needs two', () => {
    const script = serviceScript(
      { name: 'kubelet', command: ['/opt/kubelet'], startsAfter: ['containerd', 'api-caches'] },
      node,
    );
    expect(script.indexOf('containerd.sock')).toBeGreaterThan(0);
    expect(script.indexOf('containerd.sock')).toBeLessThan(script.indexOf('informer-sync'));
  });

  it('does not wait until roles are compared that an earlier start has written', () => {
    const script = serviceScript({ name: 'kube-proxy', command: ['/opt/kube-proxy'], startsAfter: ['api'] }, node);
    expect(script).toContain('[ ! -e /var/lib/tracewright/roles-written ] || check=informer-sync\n');
    expect(script.indexOf('touch /var/lib/tracewright/roles-written')).toBeGreaterThan(script.indexOf('until '));
  });

  it.each(['api', 'api-caches'] as const)(
    'waits on a worker for an API that is ready, as its kubelet (%s)',
    (condition) => {
      const worker = { ...node, number: 2, nodeAddress: '10.245.0.2' };
      const script = serviceScript({ name: 'kube-proxy', command: ['/opt/x'], startsAfter: [condition] }, worker);
      expect(script).toContain("printf 'GET /readyz HTTP/1.0");
      expect(script).toContain('-connect 10.231.0.2:6443 -cert /srv/pki/kubelet.crt');
      expect(script).not.toContain('admin');
    },
  );

  it('runs every component that the cluster has', () => {
    const components = clusterComponents(node);
    expect(components.map(({ name }) => name)).toEqual(COMPONENT_NAMES);
    for (const component of components)
      expect(serviceScript(component, node)).toContain(`exec ${component.command[0] ?? ''}`);
  });
});

describe('logScript', () => {
  it('writes into the component’s own directory', () => {
    expect(logScript('etcd')).toBe('#!/bin/sh\nexec svlogd -tt /srv/logs/etcd\n');
  });
});

describe('quote', () => {
  it.each([
    ['--flag=/a/b:1', '--flag=/a/b:1'],
    ['a b', "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ['$(reboot)', "'$(reboot)'"],
    ['', "''"],
  ])('quotes %j as %s', (word, expected) => {
    expect(quote(word)).toBe(expected);
  });
});
