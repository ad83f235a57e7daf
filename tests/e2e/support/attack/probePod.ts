import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { unlessAbsent } from '../../../../tools/kube/namespaces.ts';
import { requestOnePod } from '../../../../tools/kube/requestPod.ts';

/** Where connections come from. */
export interface ProbeSource {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A ConfigMap of the namespace that counts as its controller, so that no workload takes the pod for one of its own. */
  readonly owner?: { readonly name: string; readonly uid: string };
}

/** Where a connection goes to. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  /** A question over UDP, which only a name server answers. @defaultValue a connection over TCP */
  readonly protocol?: 'dns';
}

/** The port that every probe listens on, so that probes are targets too. */
export const probePort = 8080;

const START_SECONDS = 120;

// A way that is open answers soon, however busy the target is: the kernel takes connections, not the program.
const program = String.raw`
  const { createServer } = require('node:http');
  const { connect } = require('node:net');
  const { Resolver } = require('node:dns').promises;
  const { text } = require('node:stream/consumers');
  const patience = 2500;
  const reaches = ({ host, port }) => new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached) => { socket.destroy(); resolve(reached); };
    // Timers go first in a process that has not run for a while: what has arrived meanwhile is heard before it is given up.
    socket.setTimeout(patience, () => setImmediate(() => end(false))).on('connect', () => end(true)).on('error', () => end(false));
  });
  const asks = ({ host, port }) => {
    const resolver = new Resolver({ timeout: patience, tries: 1 });
    resolver.setServers([host + ':' + port]);
    return resolver.resolve4('kubernetes.default.svc.cluster.local').then(() => true, () => false);
  };
  createServer(async (request, response) => {
    const targets = JSON.parse(await text(request));
    const reached = await Promise.all(targets.map((target) => (target.protocol === 'dns' ? asks : reaches)(target)));
    response.end(JSON.stringify(reached));
  }).listen(${probePort});
  process.on('SIGTERM', () => process.exit(0));
`;

/** A pod under Pod Security "restricted" that tries connections. It is never ready: no Service leads to it, whatever its labels. */
export class ProbePod {
  readonly source: ProbeSource;
  /** Its address. */
  readonly address: string;
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, source: ProbeSource, address: string) {
    this.#kube = kube;
    this.source = source;
    this.address = address;
  }

  /** Returns when it runs and answers. */
  static async start(kube: KubeConfig, source: ProbeSource): Promise<ProbePod> {
    const core = kube.makeApiClient(CoreV1Api);
    const { name, namespace, labels, owner } = source;
    await core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 }).catch(unlessAbsent);
    const ownerReferences = owner && [{ apiVersion: 'v1', kind: 'ConfigMap', ...owner, controller: true }];
    const metadata = { name, labels: { ...labels, ...probeLabel }, ...(ownerReferences && { ownerReferences }) };
    await core.createNamespacedPod({ namespace, body: { metadata, spec: podSpec } });
    for (const deadline = Date.now() + START_SECONDS * 1000; ; await sleep(300)) {
      const { status } = await core.readNamespacedPod({ name, namespace });
      if (status?.podIP !== undefined && status.phase === 'Running') {
        const pod = new ProbePod(kube, source, status.podIP);
        if (await pod.#answers()) return pod;
      }
      if (Date.now() > deadline)
        throw new Error(`the probe ${name} does not answer after ${START_SECONDS} s: ${JSON.stringify(status)}`);
    }
  }

  /** Tries all targets at once: whether each was reached. A refusal is one whether it is said or silent. */
  async probe(targets: readonly ProbeTarget[]): Promise<readonly boolean[]> {
    const { name: pod, namespace } = this.source;
    const { body } = await requestOnePod(
      this.#kube,
      { namespace, pod, port: probePort },
      { method: 'POST', path: '/', body: targets },
    );
    return z.array(z.boolean()).length(targets.length).parse(JSON.parse(body));
  }

  async #answers(): Promise<boolean> {
    return this.probe([]).then(
      () => true,
      () => false,
    );
  }
}

/** What tells probes from the pods that they look like. */
export const probeLabel = { 'tracewright-tests/probe': 'true' };

const podSpec = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 1,
  securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'probe',
      image: 'tracewright/checkout:0.1.0',
      imagePullPolicy: 'Never',
      command: ['node', '--eval', program],
      // Nobody listens there.
      readinessProbe: { tcpSocket: { port: 1 }, periodSeconds: 60 },
      resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '1', memory: '128Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
};
