import type { KubernetesObject } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { discoveredByPod } from './podDiscovery.ts';
import { restrictedServerObjects } from './restrictedServer.ts';

/** Where both servers listen, as they do by themselves. */
export const prometheusPort = 9090;
/** @see prometheusPort */
export const alertmanagerPort = 9093;

/** Name of the Alertmanager's Service, and of its Deployment. */
export const alertmanagerName = 'alertmanager';

const NOBODY = 65_534;
const directory = '/etc/prometheus';

/** What a Prometheus reads. */
export interface PrometheusFiles {
  /** Entries of `scrape_configs`. */
  readonly scrapeConfigs: readonly unknown[];
  /** Files of rules by name. @defaultValue none */
  readonly rules?: Readonly<Record<string, string>>;
}

/** A pod of Prometheus with these files, which hands alerts to the Alertmanager beside it. */
export function prometheusObjects(
  server: { readonly name: string; readonly namespace: string; readonly image: string },
  { scrapeConfigs, rules = {} }: PrometheusFiles,
): readonly KubernetesObject[] {
  const configuration = {
    // Nobody has the time to wait for a minute.
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '1s' },
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`${alertmanagerName}:${alertmanagerPort}`] }] }] },
    rule_files: Object.keys(rules).map((name) => `${directory}/${name}`),
    scrape_configs: scrapeConfigs.map(discoveredByPod),
    storage: { exemplars: { max_exemplars: 10_000 } },
  };
  return restrictedServerObjects({
    ...server,
    userId: NOBODY,
    args: [
      `--config.file=${directory}/prometheus.yml`,
      '--storage.tsdb.path=/tmp/data',
      '--enable-feature=exemplar-storage',
      // An alert that fires before Alertmanager is found would be told again after a minute.
      '--rules.alert.resend-delay=2s',
    ],
    ports: [{ name: 'http', port: prometheusPort, podPort: prometheusPort }],
    health: { path: '/-/ready', port: prometheusPort, scheme: 'HTTP' },
    files: { directory, contents: { 'prometheus.yml': stringify(configuration), ...rules } },
  });
}

/** A pod of Alertmanager that tells nobody, and shows on its API what it was told. */
export function alertmanagerObjects(namespace: string, image: string): readonly KubernetesObject[] {
  const configuration = { route: { receiver: 'nobody', group_wait: '1s' }, receivers: [{ name: 'nobody' }] };
  return restrictedServerObjects({
    name: alertmanagerName,
    namespace,
    image,
    userId: NOBODY,
    args: [
      `--config.file=${directory}/alertmanager.yml`,
      '--storage.path=/tmp/data',
      // One alone listens for no others.
      '--cluster.listen-address=',
    ],
    ports: [{ name: 'http', port: alertmanagerPort, podPort: alertmanagerPort }],
    health: { path: '/-/ready', port: alertmanagerPort, scheme: 'HTTP' },
    files: { directory, contents: { 'alertmanager.yml': stringify(configuration) } },
  });
}

/** Lets a service account find pods of every namespace, as Prometheus' service discovery does. */
export function discoveryRoleObjects(namespace: string, role: string, account: string): readonly KubernetesObject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
  const roleRef = { apiGroup, kind: 'ClusterRole', name: role };
  return [
    { apiVersion, kind: 'ClusterRole', metadata: { name: role }, rules } as KubernetesObject,
    { apiVersion, kind: 'ClusterRoleBinding', metadata: { name: role }, roleRef, subjects } as KubernetesObject,
  ];
}
