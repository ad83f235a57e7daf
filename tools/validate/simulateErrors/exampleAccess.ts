import type { KubeConfig } from '@kubernetes/client-node';
import * as z from 'zod';
import { requestOnePod } from '../../kube/requestPod.ts';
import { exampleNamespace } from '../../up/example.ts';
import type { QueryTrace } from '../../up/readTrace.ts';
import {
  askStorefront,
  readExampleMetrics,
  readStoredTrace,
  type ExampleAnswer,
} from '../checks/runtime/exampleClient.ts';
import {
  exampleServicePage,
  examplePorts,
  hasExample,
  readExampleServices,
  type ExampleService,
  type ExampleServiceName,
} from '../checks/runtime/exampleServices.ts';
import type { Page } from '../checks/runtime/page.ts';
import { NotCheckableError, type Deployment } from '../deployment.ts';
import { sumOfSamples } from '../exposition.ts';
import type { Scenario } from './scenarios.ts';

const ratios = z.record(z.string(), z.number());

/** A service of the example that runs. */
export interface RunningService extends ExampleService {
  readonly page: Page;
}

/** What an error's counter shows, of all pods of a service together. */
export interface CapturedCounts {
  /** Of the category, whatever the severity. */
  readonly category: number;
  /** Of the category and the severity. */
  readonly severity: number;
}

/** The example in the cluster, as it is made to fail and looked at. Nothing else is ever made to fail. */
export class ExampleAccess {
  readonly #kube: KubeConfig;
  readonly #services: Readonly<Record<ExampleServiceName, RunningService>>;
  readonly #tracing: { readonly namespace: string; readonly basePath: string };
  readonly #signal: AbortSignal;

  private constructor(
    kube: KubeConfig,
    services: Readonly<Record<ExampleServiceName, RunningService>>,
    tracing: { readonly namespace: string; readonly basePath: string },
    signal: AbortSignal,
  ) {
    this.#kube = kube;
    this.#services = services;
    this.#tracing = tracing;
    this.#signal = signal;
  }

  /** @throws NotCheckableError where the stack's example is not there, or a service of it has no pod that is ready. */
  static async open(deployment: Deployment, signal: AbortSignal): Promise<ExampleAccess> {
    if (!(await hasExample(deployment)))
      throw new NotCheckableError(
        `the example of stack ${deployment.stack} is not in the cluster, and errors are simulated nowhere else`,
        '`npm run up` deploys it on the local cluster; elsewhere with --example-image',
      );
    const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
    const services = await readExampleServices(kube);
    const running = async (name: ExampleServiceName): Promise<RunningService> => {
      const service = services.find((each) => each.name === name) ?? { name, pods: [] };
      const page = await exampleServicePage(kube, service);
      if (page !== undefined) return { ...service, page };
      throw new NotCheckableError(
        `${name} of the example has no pod that is ready`,
        '`npm run status` says what it waits for',
      );
    };
    const [storefront, orders] = [await running('storefront'), await running('orders')];
    const tracing = { namespace: config.namespace, basePath: config.query.basePath ?? '' };
    return new ExampleAccess(kube, { storefront, orders }, tracing, signal);
  }

  get kube(): KubeConfig {
    return this.#kube;
  }

  service(name: ExampleServiceName): RunningService {
    return this.#services[name];
  }

  get services(): readonly RunningService[] {
    return Object.values(this.#services);
  }

  /**
   * Switches a failure on in every pod that may meet it.
   *
   * @returns makes it as it was before; it does so also after `signal` has ended
   * @throws NotCheckableError where the example that runs has no such failure.
   */
  async switchOn({ service, name }: NonNullable<Scenario['failure']>): Promise<() => Promise<void>> {
    const { pods } = this.#services[service];
    const before = await Promise.all(pods.map(async (pod) => [pod, await this.#ratio(pod, name)] as const));
    const undo = async (): Promise<void> => {
      await Promise.all(before.map(([pod, ratio]) => this.#setRatio(pod, name, ratio)));
    };
    try {
      for (const pod of pods) await this.#setRatio(pod, name, 1);
      return undo;
    } catch (error) {
      await undo();
      throw error;
    }
  }

  /** Sends a scenario's request to the storefront so often, some at once; always to the same pod. */
  async send({ request }: Scenario, times: number): Promise<readonly ExampleAnswer[]> {
    const [pod = ''] = this.#services.storefront.pods;
    const answers: ExampleAnswer[] = [];
    const queue = Array.from({ length: times }).values();
    const send = async (): Promise<void> => {
      for (const _ of queue) answers.push(await askStorefront(this.#kube, pod, { ...request, signal: this.#signal }));
    };
    await Promise.all(Array.from({ length: 10 }, send));
    return answers;
  }

  /** What the service's pods have counted so far, as Prometheus reads it. */
  async captured({ category, severity, group }: Scenario): Promise<CapturedCounts> {
    const { pods } = this.#services[group.service];
    const expositions = await Promise.all(pods.map((pod) => readExampleMetrics(this.#kube, pod, this.#signal)));
    const name = 'tracewright_errors_captured_total';
    const labels = { tracewright_error_category: category };
    const sum = (wanted: Readonly<Record<string, string>>): number =>
      expositions.reduce((total, exposition) => total + sumOfSamples(exposition, { name, labels: wanted }), 0);
    return { category: sum(labels), severity: sum({ ...labels, tracewright_error_severity: severity }) };
  }

  /** One look for a trace. */
  trace(traceId: string): Promise<QueryTrace | undefined> {
    return readStoredTrace(this.#kube, { ...this.#tracing, traceId }, this.#signal);
  }

  async #ratio(pod: string, name: string): Promise<number> {
    const place = { namespace: exampleNamespace, pod, port: examplePorts.failures };
    const { status, body } = await requestOnePod(this.#kube, place, { path: '/failures', signal: this.#signal });
    const ratio = status === 200 ? ratios.parse(JSON.parse(body))[name] : undefined;
    if (ratio !== undefined) return ratio;
    throw new NotCheckableError(
      `pod ${exampleNamespace}/${pod} has no failure "${name}"`,
      '`npm run up` deploys the example of this version, with its FAILURES_PORT',
    );
  }

  /** Without the signal: what was switched is switched back. */
  async #setRatio(pod: string, name: string, ratio: number): Promise<void> {
    const place = { namespace: exampleNamespace, pod, port: examplePorts.failures };
    const answer = await requestOnePod(this.#kube, place, { method: 'POST', path: '/failures', body: { name, ratio } });
    if (answer.status !== 200)
      throw new Error(`pod ${exampleNamespace}/${pod} answered ${answer.status} to its failure "${name}"`);
  }
}
