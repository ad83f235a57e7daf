import type { KubeConfig } from '@kubernetes/client-node';
import { execInContainer, type ContainerPlace } from '../../../../kube/execInContainer.ts';

/** A datagram and where it goes. */
export interface Datagram {
  readonly host: string;
  readonly port: number;
  readonly bytes: Buffer;
}

// Runs in the pod, on whichever Node.js it has.
const program = `
const { createSocket } = require('node:dgram');
const datagrams = JSON.parse(process.argv[1]);
const socket = createSocket('udp4');
let open = datagrams.length;
for (const { host, port, base64 } of datagrams)
  socket.send(Buffer.from(base64, 'base64'), port, host, (error) => {
    if (error) { console.error(error.message); process.exitCode = 1; }
    if (--open === 0) socket.close();
  });
`;

/**
 * Sends datagrams from a pod that has Node.js: the Kubernetes API forwards no UDP.
 * @throws Error with what the pod said, when it could not send them.
 */
export async function sendDatagrams(
  kube: KubeConfig,
  place: ContainerPlace,
  datagrams: readonly Datagram[],
): Promise<void> {
  const sent = datagrams.map(({ host, port, bytes }) => ({ host, port, base64: bytes.toString('base64') }));
  const command = ['node', '-e', program, JSON.stringify(sent)];
  const { succeeded, output, errors } = await execInContainer(kube, place, command);
  if (succeeded) return;
  const words = `${output}${errors}`.trim().slice(0, 300);
  throw new Error(`pod ${place.namespace}/${place.pod} could not send datagrams: ${words}`);
}
