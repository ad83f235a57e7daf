import { Command } from 'commander';
import { loadKubeConfig } from '../kube/connection.ts';
import { openServiceTunnel } from '../kube/podTunnel.ts';
import { writePrivateFile } from '../process/privateFiles.ts';
import { identifyProcess } from '../process/processIdentity.ts';
import { gatewayTargetOf, queryTarget, type GatewayTarget } from './gatewayTarget.ts';
import { readGatewayRecord, type GatewayRecord } from './gatewayRecord.ts';
import { createGateway } from './server.ts';

// A daemon: it ends by itself when its record is gone or names another gateway, so that neither a removed state
// directory nor an `up` that was killed leaves one behind that nobody knows.
const recordCheckMillis = 2_000;

const program = new Command('gateway')
  .description('Serves a Service of a deployment on a loopback port (started and ended by `up` and `down`).')
  .requiredOption('--record <file>', 'where it writes what it is; it ends when the file no longer names it')
  .requiredOption('--context <name>', 'context of the kubeconfig in KUBECONFIG')
  .requiredOption('--namespace <name>', 'namespace of the Service')
  .option('--target <name>', 'what it leads to: query, or page', gatewayTargetOf, queryTarget)
  .option('--base-path <path>', 'path that the Service serves under', '')
  .requiredOption('--port <number>', 'loopback port to listen on', Number)
  .requiredOption('--revision <text>', 'revision of the gateway, given back with its identity')
  .parse();

interface GatewayArguments {
  readonly record: string;
  readonly context: string;
  readonly namespace: string;
  readonly target: GatewayTarget;
  readonly basePath: string;
  readonly port: number;
  readonly revision: string;
}

function main({ record, context, namespace, target, basePath, port, revision }: GatewayArguments): void {
  const config = loadKubeConfig({ context });
  const own = identifyProcess(process.pid);
  if (own === undefined) throw new Error('the gateway cannot find out when it was started: /proc or `ps` is needed');
  // Before listening: whoever finds the port taken can then find out that it is ours.
  const written: GatewayRecord = { process: own, port, basePath };
  writePrivateFile(record, `${JSON.stringify(written)}\n`);
  setInterval(() => {
    const recorded = readGatewayRecord(record)?.process;
    if (recorded?.pid !== own.pid || recorded.startTime !== own.startTime) process.exit(0);
  }, recordCheckMillis).unref();
  const { service, podPort } = target;
  const gateway = createGateway({
    identity: { context, namespace, service, basePath, revision },
    target,
    connect: () => openServiceTunnel(config, { namespace, service, podPort }),
  });
  gateway.on('error', fail).listen(port, '127.0.0.1');
}

/** The log's last lines are shown to the user: a sentence serves better than a stack. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  main(program.opts<GatewayArguments>());
} catch (error) {
  fail(error);
}
