import { RbacAuthorizationV1Api, type KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { testCluster } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { ApplicationNamespace } from './applicationNamespace.ts';
import { requestPod } from '../../../tools/kube/requestPod.ts';
import { discoveryName, podDiscoveryObjects } from './podDiscovery.ts';
import {
  alertmanagerName,
  alertmanagerObjects,
  alertmanagerPort,
  discoveryRoleObjects,
  prometheusObjects,
  prometheusPort,
  type PrometheusFiles,
} from './prometheusObjects.ts';

const READY_SECONDS = 120;

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
const answerOf = <T extends z.ZodType>(data: T) => z.object({ status: z.literal('success'), data });
const targets = answerOf(
  z.object({
    activeTargets: z.array(z.object({ labels, scrapeUrl: z.string(), health: z.string(), lastError: z.string() })),
  }),
);
const vector = answerOf(z.object({ result: z.array(z.object({ metric: labels, value: sample })) }));
const rules = answerOf(
  z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), type: z.string(), health: z.string() })) })),
  }),
);
const exemplars = answerOf(z.array(z.object({ seriesLabels: labels, exemplars: z.array(z.object({ labels })) })));
const alerts = z.array(z.object({ labels, annotations: labels, status: z.object({ state: z.string() }) }));

/** What is scraped, and how it went the last time: `up`, `down` or `unknown`. */
export type Target = z.infer<typeof targets>['data']['activeTargets'][number];

/** A series and its newest value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What Alertmanager was told of and has not been told the end of. */
export type Alert = z.infer<typeof alerts>[number];

/** A real Prometheus. */
export class Prometheus {
  readonly #kube: KubeConfig;
  readonly #namespace: string;
  readonly #name: string;

  constructor(kube: KubeConfig, namespace: string, name: string) {
    this.#kube = kube;
    this.#namespace = namespace;
    this.#name = name;
  }

  /** Everything that it scrapes. */
  async targets(): Promise<readonly Target[]> {
    return targets.parse(await this.#get('/api/v1/targets?state=active')).data.activeTargets;
  }

  /** @throws Error when Prometheus does not take the query. */
  async query(expression: string): Promise<readonly Sample[]> {
    const { result } = vector.parse(await this.#get(`/api/v1/query?${query({ query: expression })}`)).data;
    return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  /** All rules, those that record among them. */
  async rules(): Promise<readonly { readonly name: string; readonly type: string; readonly health: string }[]> {
    return rules.parse(await this.#get('/api/v1/rules')).data.groups.flatMap((group) => group.rules);
  }

  /** The labels of every exemplar since a time that series of an expression have. */
  async exemplars(expression: string, since: Date): Promise<readonly Readonly<Record<string, string>>[]> {
    const asked = query({
      query: expression,
      start: String(since.getTime() / 1000),
      end: String(Date.now() / 1000 + 60),
    });
    const found = exemplars.parse(await this.#get(`/api/v1/query_exemplars?${asked}`)).data;
    return found.flatMap((series) => series.exemplars.map((exemplar) => exemplar.labels));
  }

  async #get(path: string): Promise<unknown> {
    return get(this.#kube, { namespace: this.#namespace, service: this.#name, podPort: prometheusPort }, path);
  }
}

/**
 * A namespace as a monitoring team has one: some Prometheus servers, which find pods anywhere, and one Alertmanager that they
 * tell. Disposing of it deletes all.
 */
export class MonitoringNamespace implements AsyncDisposable {
  readonly name: string;
  readonly #kube: KubeConfig;
  readonly #namespace: ApplicationNamespace;

  private constructor(kube: KubeConfig, namespace: ApplicationNamespace) {
    this.#kube = kube;
    this.#namespace = namespace;
    this.name = namespace.name;
  }

  /** Makes it anew with an Alertmanager. */
  static async start(kube: KubeConfig, name: string): Promise<MonitoringNamespace> {
    const [image = ''] = await importTestImages(testCluster, ['alertmanager']);
    const started = new MonitoringNamespace(kube, await ApplicationNamespace.create(kube, name));
    const discovery = [...discoveryRoleObjects(name, name, discoveryName), ...(await podDiscoveryObjects(name))];
    await applyManifests(kube, [...alertmanagerObjects(name, image), ...discovery]);
    return started;
  }

  /** Starts servers with these files, by name; those that run with other files begin anew. Returns when all are ready. */
  async serve<Name extends string>(
    servers: Readonly<Record<Name, PrometheusFiles>>,
  ): Promise<Readonly<Record<Name, Prometheus>>> {
    const [image = ''] = await importTestImages(testCluster, ['prometheus']);
    const names = Object.keys(servers) as Name[];
    const objects = names.flatMap((name) => prometheusObjects({ name, namespace: this.name, image }, servers[name]));
    await applyManifests(this.#kube, objects);
    await waitForWorkloads(this.#kube, this.name, READY_SECONDS, () => undefined);
    const made = names.map((name) => [name, new Prometheus(this.#kube, this.name, name)] as const);
    return Object.fromEntries(made) as Record<Name, Prometheus>;
  }

  /** What the Alertmanager has been told and is active. */
  async alerts(): Promise<readonly Alert[]> {
    const target = { namespace: this.name, service: alertmanagerName, podPort: alertmanagerPort };
    return alerts.parse(await get(this.#kube, target, '/api/v2/alerts?active=true'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const access = this.#kube.makeApiClient(RbacAuthorizationV1Api);
    await access.deleteClusterRoleBinding({ name: this.name }).catch(unlessAbsent);
    await access.deleteClusterRole({ name: this.name }).catch(unlessAbsent);
    await this.#namespace[Symbol.asyncDispose]();
  }
}

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}

async function get(kube: KubeConfig, target: Parameters<typeof requestPod>[1], path: string): Promise<unknown> {
  const { status, body } = await requestPod(kube, target, { path });
  if (status !== 200) throw new Error(`${target.service} answered ${path} with ${status}: ${body}`);
  return JSON.parse(body);
}
