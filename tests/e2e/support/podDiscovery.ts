import type { KubernetesObject } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { restrictedServerObjects } from './restrictedServer.ts';

/** Name of the Service, of the Deployment, and of the service account that must be let list pods. */
export const discoveryName = 'pod-discovery';

const podPort = 8080;
const directory = '/etc/discovery';

const scrapeConfig = z.looseObject({
  kubernetes_sd_configs: z.tuple([
    z.object({
      role: z.literal('pod'),
      namespaces: z.object({ names: z.array(z.string()) }).default({ names: [] }),
    }),
  ]),
});

/**
 * A pod that finds pods by the API server for a Prometheus: Debian builds its own without `kubernetes_sd_configs`. It says the
 * same of each, by labels of the same names, so that relabelling remains Prometheus'.
 */
export async function podDiscoveryObjects(namespace: string): Promise<readonly KubernetesObject[]> {
  const program = await readFile(new URL('podDiscoveryProgram.ts', import.meta.url), 'utf8');
  return restrictedServerObjects({
    name: discoveryName,
    namespace,
    image: 'tracewright/checkout:0.1.0',
    userId: 10_001,
    callsApi: true,
    args: [`${directory}/program.mts`],
    ports: [{ name: 'http', port: podPort, podPort }],
    health: { path: '/?namespace=none', port: podPort, scheme: 'HTTP' },
    files: { directory, contents: { 'program.mts': program } },
  });
}

/** An entry of `scrape_configs` that asks {@link podDiscoveryObjects} in the place of the API server. */
export function discoveredByPod(entry: unknown): unknown {
  const { kubernetes_sd_configs: discoveries, ...rest } = scrapeConfig.parse(entry);
  const [{ namespaces }] = discoveries;
  const asked = new URLSearchParams(namespaces.names.map((name): [string, string] => ['namespace', name]));
  const url = `http://${discoveryName}:${podPort}/?${asked.toString()}`;
  return { ...rest, http_sd_configs: [{ url, refresh_interval: '1s' }] };
}
