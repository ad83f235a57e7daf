import { CustomObjectsApi } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import type { StackConfig } from '../../../../infra/schema/stackConfigSchema.ts';
import { monitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { podMonitors } from '../../../../infra/monitoring/podMonitors.ts';
import { isRecord } from '../../../values/isRecord.ts';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { expectedFiles, monitoringName } from './monitoringFiles.ts';

/** What the Prometheus operator is told by: only of stacks that say that there is one. */
export const operatorObjects: Check = {
  id: 'operator-objects',
  component: 'monitoring',
  title: 'the PodMonitors and the PrometheusRule of the Prometheus operator are what the program makes',
  applies: async (deployment) => (await deployment.config()).monitoring.prometheusOperator,
  run: async ({ deployment }) => {
    const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
    const { namespace } = config;
    const custom = kube.makeApiClient(CustomObjectsApi);
    const found = expectedObjects(config).map(async ({ kind, plural, name, spec }) => {
      const path = { group: 'monitoring.coreos.com', version: 'v1', namespace, plural, name };
      const read: unknown = await custom.getNamespacedCustomObject(path).catch(unlessAbsent);
      return judgeObject(`${kind} ${namespace}/${name}`, read, spec, config.monitoring.labels);
    });
    return Promise.all(found);
  },
};

interface OperatorObject {
  readonly kind: string;
  readonly plural: string;
  readonly name: string;
  readonly spec: unknown;
}

function expectedObjects(config: StackConfig): readonly OperatorObject[] {
  const monitors = podMonitors(monitoredStack(config)).map(({ name, spec }) => ({
    kind: 'PodMonitor',
    plural: 'podmonitors',
    name,
    spec,
  }));
  const spec = expectedFiles(config)['prometheus-rules.yaml'];
  return [...monitors, { kind: 'PrometheusRule', plural: 'prometheusrules', name: monitoringName, spec }];
}

/** Whether an object is there, with the labels that the operator selects by. */
export function judgeObject(
  subject: string,
  object: unknown,
  spec: unknown,
  labels: Readonly<Record<string, string>>,
): Finding {
  const expected = 'as the program makes it';
  const mend = '`npm run up` makes it anew';
  const failed = (found: string): Finding => ({ outcome: 'failed', subject, expected, found, mend });
  if (!isRecord(object)) return failed('missing');
  if (!isDeepStrictEqual(object['spec'], spec)) return failed('another spec');
  const { metadata } = object;
  const own = isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
  const missing = Object.entries(labels).filter(([label, value]) => own[label] !== value);
  if (missing.length > 0) return failed(`without the label ${missing.map((pair) => pair.join('=')).join(', ')}`);
  return { outcome: 'ok', subject, expected, found: 'so' };
}
