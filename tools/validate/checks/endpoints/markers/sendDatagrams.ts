import { Exec, type KubeConfig } from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A pod of an application that runs Node.js, and its container. */
export interface NodePod {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

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
 * Sends datagrams from a pod: the Kubernetes API forwards no UDP.
 * @throws Error with what the pod said, when it could not send them.
 */
export async function sendDatagrams(kube: KubeConfig, place: NodePod, datagrams: readonly Datagram[]): Promise<void> {
  const sent = datagrams.map(({ host, port, bytes }) => ({ host, port, base64: bytes.toString('base64') }));
  const command = ['node', '-e', program, JSON.stringify(sent)];
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(output), text(errors)]);
  const status = await new Promise<string | undefined>((resolve, reject) => {
    const { namespace, pod, container } = place;
    new Exec(kube)
      .exec(namespace, pod, container, command, output, errors, null, false, (answer) => resolve(answer.status))
      .catch(reject);
  });
  output.end();
  errors.end();
  const words = (await said).join('').trim();
  if (status !== 'Success')
    throw new Error(`pod ${place.namespace}/${place.pod} could not send datagrams: ${words.slice(0, 300)}`);
}
