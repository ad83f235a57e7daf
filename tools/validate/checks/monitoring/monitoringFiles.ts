import { CoreV1Api } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { StackConfig } from '../../../../infra/schema/stackConfigSchema.ts';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { monitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { prometheusRules } from '../../../../infra/monitoring/prometheusRules.ts';
import { scrapeConfigs } from '../../../../infra/monitoring/scrapeConfig.ts';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

/** What the Monitoring component calls its ConfigMap and its PrometheusRule. */
export const monitoringName = 'tracewright-monitoring';

/** Alert rules and the scrape configuration lie in the cluster as this checkout makes them of the stack's configuration. */
export const monitoringFiles: Check = {
  id: 'monitoring-files',
  component: 'monitoring',
  title: 'the ConfigMap of alert rules and of the scrape configuration is what the program makes',
  run: async ({ deployment }) => {
    const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
    const { namespace } = config;
    const core = kube.makeApiClient(CoreV1Api);
    const configMap = await core.readNamespacedConfigMap({ name: monitoringName, namespace }).catch(unlessAbsent);
    return Object.entries(expectedFiles(config)).map(([file, expected]) =>
      judgeFile(`ConfigMap ${namespace}/${monitoringName}, ${file}`, configMap?.data?.[file], expected),
    );
  },
};

/** What the program makes, by file. */
export function expectedFiles(config: StackConfig): Readonly<Record<string, unknown>> {
  const stack = monitoredStack(config);
  const { runbookBaseUrl } = config.monitoring;
  return {
    'prometheus-rules.yaml': prometheusRules(alertGroups(stack), { runbookBaseUrl }),
    'prometheus-scrape.yaml': scrapeConfigs(stack),
  };
}

/** Compares what a file says, and not how it is written. */
export function judgeFile(subject: string, text: string | undefined, wanted: unknown): Finding {
  const expected = 'as the program makes it';
  const mend = '`npm run up` writes it anew; a Prometheus that has a copy of it needs the new one';
  if (text === undefined) return { outcome: 'failed', subject, expected, found: 'missing', mend };
  const said = parsed(text);
  // What is undefined is in no file.
  if (isDeepStrictEqual(said, parsed(JSON.stringify(wanted)))) return { outcome: 'ok', subject, expected, found: 'so' };
  const found = said === undefined ? 'no YAML' : `another: ${differences(said, wanted)}`;
  return { outcome: 'failed', subject, expected, found, mend };
}

/** Which alerts or jobs differ, by their names. */
function differences(said: unknown, wanted: unknown): string {
  const before = entriesOf(wanted);
  const now = entriesOf(said);
  const told = [
    ...[...before.keys()].filter((name) => !now.has(name)).map((name) => `${name} is missing`),
    ...[...now.keys()].filter((name) => !before.has(name)).map((name) => `${name} is not the program's`),
    ...[...before]
      .filter(([name, entry]) => now.has(name) && now.get(name) !== entry)
      .map(([name]) => `${name} differs`),
  ];
  return told.length === 0 ? 'its order or something beside its entries' : told.slice(0, 10).join(', ');
}

function entriesOf(file: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  JSON.stringify(file, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const name = 'alert' in value ? value.alert : 'job_name' in value ? value.job_name : undefined;
    if (typeof name === 'string') found.set(name, JSON.stringify(value));
    return value;
  });
  return found;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
