import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { NodeLayout } from './clusterLayout.ts';
import { KUBE_ROUTER_PROGRAMS } from './components/kubeRouter.ts';
import type { NodeSettings } from './components/component.ts';
import type { IptablesMode, IptablesModes } from './preflight.ts';

/**
 * Makes the node's writable directories. /etc is copied anew from the rootfs at every start, /tmp is
 * emptied; /var, with etcd's data, images and volumes, is kept.
 */
export function prepareNodeRoot(
  layout: NodeLayout,
  node: NodeSettings,
  nodeRootfs: string,
  iptables: IptablesModes,
): void {
  rmSync(layout.etc, { recursive: true, force: true });
  cpSync(join(nodeRootfs, 'etc'), layout.etc, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(layout.etc, 'hostname'), `${node.nodeName}\n`);
  writeFileSync(join(layout.etc, 'hosts'), `127.0.0.1 localhost\n${node.nodeAddress} ${node.nodeName}\n`);
  // Empty but present: pods with the node's DNS policy copy it, and nothing beyond the host is reachable.
  writeFileSync(join(layout.etc, 'resolv.conf'), '');
  // Debian chooses for everybody by links in /etc/alternatives; kube-router has a choice of its own.
  linkIptables(join(layout.etc, 'alternatives'), iptables.kubeProxy);
  linkIptables(join(layout.etc, relative('/etc', KUBE_ROUTER_PROGRAMS)), iptables.kubeRouter);
  mkdirSync(layout.mountPoint, { recursive: true });
  rmSync(layout.tmp, { recursive: true, force: true });
  mkdirSync(layout.tmp);
  chmodSync(layout.tmp, 0o1777);
  makeVar(layout.var);
}

function linkIptables(directory: string, mode: IptablesMode): void {
  mkdirSync(directory, { recursive: true });
  for (const program of ['iptables', 'ip6tables']) {
    for (const suffix of ['', '-save', '-restore']) {
      const link = join(directory, `${program}${suffix}`);
      rmSync(link, { force: true });
      symlinkSync(`/usr/sbin/${program}-${mode}${suffix}`, link);
    }
  }
}

function makeVar(directory: string): void {
  for (const name of ['lib', 'lib/etcd', 'log', 'cache', 'spool', 'tmp'])
    mkdirSync(join(directory, name), { recursive: true });
  chmodSync(join(directory, 'lib', 'etcd'), 0o700); // etcd refuses a data directory that others may read.
  chmodSync(join(directory, 'tmp'), 0o1777);
  for (const [name, target] of [
    ['run', '/run'],
    ['lock', '/run/lock'],
  ] as const) {
    rmSync(join(directory, name), { force: true });
    symlinkSync(target, join(directory, name));
  }
}
