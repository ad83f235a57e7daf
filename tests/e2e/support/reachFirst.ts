import type { V1Container } from '@kubernetes/client-node';

/** A host and a port of it, over TCP. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/**
 * An init container that tries to reach all of these, for ten seconds at most: who must not get through begins all the same.
 * A network plugin takes notice of a new pod some moments after its start. Until then, whoever lets it in by its namespace or
 * its labels still refuses it: a connection fails, and a span over UDP is lost without a word.
 */
export function reachFirst(targets: readonly HostPort[]): V1Container {
  const program = `
    const { connect } = require('node:net');
    const deadline = Date.now() + 10_000;
    const reach = (target) => {
      const socket = connect(target);
      const again = () => { socket.destroy(); if (Date.now() < deadline) setTimeout(reach, 200, target); };
      socket.setTimeout(1000, again).on('error', again).on('connect', () => socket.destroy());
    };
    for (const target of JSON.parse(process.argv[1])) reach(target);
  `;
  return {
    name: 'reach-first',
    image: 'tracewright/checkout:0.1.0',
    imagePullPolicy: 'Never',
    command: ['node', '--eval', program, JSON.stringify(targets)],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

/** Where a URL that names its port leads to. */
export function hostPort(url: string): HostPort {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
