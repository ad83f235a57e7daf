import { Command } from 'commander';
import { loadKubeConfig } from '../kube/connection.ts';
import { openServiceTunnel } from '../kube/podTunnel.ts';
import { createGateway } from './server.ts';

const program = new Command('gateway')
  .description('Serves the query service of a deployment on a loopback port (started and ended by `up` and `down`).')
  .requiredOption('--context <name>', 'context of the kubeconfig in KUBECONFIG')
  .requiredOption('--namespace <name>', 'namespace of the query service')
  .requiredOption('--port <number>', 'loopback port to listen on', Number)
  .requiredOption('--revision <text>', 'revision of the gateway, given back with its identity')
  .parse();

const options = program.opts<{ context: string; namespace: string; port: number; revision: string }>();
const config = loadKubeConfig({ context: options.context });
const { context, namespace, revision } = options;
createGateway({
  identity: { context, namespace, revision },
  connect: () => openServiceTunnel(config, { namespace, service: 'jaeger-query', podPort: 16686 }),
}).listen(options.port, '127.0.0.1');
