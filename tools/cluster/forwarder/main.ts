import { connect, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { writePrivateFile } from '../../process/privateFiles.ts';
import { identifyProcess } from '../../process/processIdentity.ts';
import { readLiveForwarder, type ForwarderRecord } from './forwarderRecord.ts';

// A daemon: copies connections from a loopback port to a cluster's API. It ends by itself when its
// record is gone or names another forwarder, so that a removed state directory leaves none behind.

const RECORD_CHECK_MILLIS = 10_000;

function main(): void {
  const { values } = parseArgs({
    options: {
      record: { type: 'string' },
      port: { type: 'string' },
      address: { type: 'string' },
      'target-port': { type: 'string' },
    },
  });
  const { record, port, address, 'target-port': targetPort } = values;
  const identity = identifyProcess(process.pid);
  if (
    record === undefined ||
    port === undefined ||
    address === undefined ||
    targetPort === undefined ||
    identity === undefined
  ) {
    throw new Error('usage: --record FILE --port PORT --address ADDRESS --target-port PORT');
  }
  serve(record, { process: identity, port: Number(port), targetAddress: address, targetPort: Number(targetPort) });
}

function serve(recordPath: string, record: ForwarderRecord): void {
  // Before listening: whoever finds the port taken can then find out that it is ours.
  writePrivateFile(recordPath, `${JSON.stringify(record)}\n`);
  const server = createServer({ noDelay: true, keepAlive: true }, (client) => {
    forward(client, record);
  });
  server.on('error', (error) => {
    log(`cannot listen on 127.0.0.1:${String(record.port)}: ${error.message}`);
    process.exit(1);
  });
  server.listen({ host: '127.0.0.1', port: record.port }, () => {
    log(`127.0.0.1:${String(record.port)} leads to ${record.targetAddress}:${String(record.targetPort)}`);
  });
  setInterval(() => {
    if (readLiveForwarder(recordPath)?.process.pid !== process.pid) process.exit(0);
  }, RECORD_CHECK_MILLIS).unref();
}

function forward(client: Socket, record: ForwarderRecord): void {
  const target = connect({ host: record.targetAddress, port: record.targetPort, noDelay: true, keepAlive: true });
  const close = (): void => {
    client.destroy();
    target.destroy();
  };
  for (const socket of [client, target]) {
    socket.on('error', close);
    socket.on('close', close);
  }
  client.pipe(target);
  target.pipe(client);
}

function log(message: string): void {
  process.stderr.write(`${new Date().toISOString()} ${message}\n`);
}

main();
