import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { curlImage } from '../../../../infra/jaeger/images.ts';
import { networkFlows, type NetworkFlow } from '../../../../infra/jaeger/networkFlows.ts';
import { selectorLabels, tracesToLabel } from '../../../../infra/kubernetes/labels.ts';
import { flowSettings } from '../../../../infra/schema/flowSettings.ts';
import type { Check, CheckContext } from '../../check.ts';
import { NotCheckableError } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { expectedOf, type FlowSource } from './flows/expectedFlow.ts';
import { addressOf, findTargets, isListening, type FoundTarget } from './flows/findTargets.ts';
import { isSettled, judgeFlow, type TriedFlow } from './flows/judgeFlow.ts';
import { removeLeftovers } from './flows/leftovers.ts';
import { makeNamespace, namePrefix, startPod, type TryingOptions, type TryingPod } from './flows/tryingPods.ts';
import type { Round } from './flows/tryScript.ts';

/** A policy takes some moments to know a new pod. */
const settleMillis = 10_000;
const pollMillis = 500;
const apiName = 'Kubernetes API';

/** Pods within and without the stack's namespaces reach what the stack's flows let them reach, and nothing else. */
export const flowsTried: Check = {
  id: 'flows-tried',
  component: 'network',
  title: 'by trying, connections pass that the stack allows, and every other is refused',
  needs: ['active'],
  timeoutSeconds: 75,
  run: async (context) => {
    const { deployment, signal } = context;
    const [kube, config, pods, namespaces] = await Promise.all([
      deployment.kube(),
      deployment.config(),
      deployment.pods(),
      deployment.namespaces(),
    ]);
    const targets = findTargets(pods);
    if (targets.length === 0)
      throw new NotCheckableError('no component has a pod that is ready', '`npm run status` says what they wait for');
    await removeLeftovers(kube, namespaces, Date.now());
    const name = `${namePrefix}${randomBytes(4).toString('hex')}`;
    const options = { kube, image: curlImage(config), name, signal };
    await using made = new AsyncDisposableStack();
    const sources = await makeSources(options, made, context, namespaces);
    const api = await apiServer(kube);
    const addresses = [...targets.map(({ address }) => address), api];
    const started = await Promise.allSettled(
      sources.map(async (source) => made.use(await startPod(options, source, addresses))),
    );
    const tryingPods = started.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
    const flows = networkFlows(flowSettings(config));
    const listening = await listeningOf(kube, targets);
    const look = async (): Promise<readonly TriedFlow[]> => {
      const rounds = await Promise.all(tryingPods.map((pod) => pod.rounds()));
      const tried = tryingPods.map((pod, index) => ({ pod, rounds: rounds[index] ?? [] }));
      return triedFlows({ tried, targets, flows, api, listening, unenforced: config.network.unenforced });
    };
    return [...(await lookUntilSettled(look, signal)).map(judgeFlow), ...untriedComponents(flows, targets)];
  },
};

/** Who tries, and the namespaces of those who are strangers to the stack. */
async function makeSources(
  options: TryingOptions,
  made: AsyncDisposableStack,
  { deployment }: CheckContext,
  namespaces: readonly string[],
): Promise<FlowSource[]> {
  const { namespace: jaeger, network } = await deployment.config();
  const outside = async (name: string, namespaceLabels: Readonly<Record<string, string>>): Promise<FlowSource> => {
    const namespace = `${options.name}-${name}`;
    made.use(await makeNamespace(options, namespace, namespaceLabels));
    return { name, namespace, namespaceLabels, labels: {}, inside: false };
  };
  const inside = { namespaceLabels: {}, inside: true } as const;
  const check: FlowSource = {
    ...inside,
    name: 'policy check',
    namespace: jaeger,
    labels: selectorLabels(serviceNames.policyCheck),
    component: serviceNames.policyCheck,
  };
  return [
    await outside('stranger', {}),
    await outside('application', { [tracesToLabel]: jaeger }),
    ...namespaces.map((namespace) => ({
      ...inside,
      name: namespace === jaeger ? 'stray' : `stray of ${namespace}`,
      namespace,
      labels: {},
    })),
    ...(network.unenforced ? [] : [check]),
  ];
}

/** The Service of the Kubernetes API: in every cluster, and refused to no pod but those of the stack. */
async function apiServer(kube: KubeConfig): Promise<string> {
  const { spec } = await kube
    .makeApiClient(CoreV1Api)
    .readNamespacedService({ name: 'kubernetes', namespace: 'default' });
  return addressOf(spec?.clusterIP ?? '', spec?.ports?.[0]?.port ?? 443);
}

async function listeningOf(kube: KubeConfig, targets: readonly FoundTarget[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(targets.map((target) => isListening(kube, target)));
  return new Set(targets.filter((_, index) => found[index]).map(({ address }) => address));
}

async function lookUntilSettled(
  look: () => Promise<readonly TriedFlow[]>,
  signal: AbortSignal,
): Promise<readonly TriedFlow[]> {
  for (const deadline = Date.now() + settleMillis; ; await sleep(pollMillis, undefined, { signal })) {
    const tried = await look();
    const isTried = tried.every(({ rounds }) => rounds.length > 0);
    if ((isTried && tried.every(isSettled)) || Date.now() > deadline) return tried;
  }
}

/** What pods have tried. */
export interface Trial {
  readonly tried: readonly { readonly pod: Pick<TryingPod, 'source' | 'address'>; readonly rounds: readonly Round[] }[];
  readonly targets: readonly FoundTarget[];
  readonly flows: readonly NetworkFlow[];
  /** Address of the Kubernetes API. */
  readonly api: string;
  /** Addresses that somebody listens on. */
  readonly listening: ReadonlySet<string>;
  readonly unenforced: boolean;
}

/** A finding for each component that flows lead to and that has no ready pod: none of its ports could be tried. */
export function untriedComponents(flows: readonly NetworkFlow[], targets: readonly FoundTarget[]): Finding[] {
  const led = new Set(flows.flatMap(({ to }) => (typeof to === 'string' ? [to] : [])));
  return [...led]
    .filter((component) => !targets.some((target) => target.component === component))
    .map((component) => ({
      outcome: 'unchecked',
      subject: component,
      expected: 'its flows as the stack declares them',
      found: 'no pod of it is ready: none of its ports was tried',
      mend: '`npm run status` says what it waits for',
    }));
}

/** Each flow with what is known of it. What only a block of addresses may let through is left out. */
export function triedFlows({ tried, targets, flows, api, listening, unenforced }: Trial): readonly TriedFlow[] {
  const opened = tried.flatMap(({ rounds }) => rounds.flatMap((round) => [...round]));
  const heard = new Set([...listening, ...opened.filter(([, found]) => found === 'open').map(([address]) => address)]);
  const apart = tried.map(({ pod, rounds }) => {
    const expected = targets.map((target) => expectedOf(flows, pod.source, pod.address, target));
    return { pod, rounds, expected };
  });
  return apart.flatMap(({ pod: { source }, rounds, expected }) => {
    const control = controlOf(source, apart, targets, api);
    const tried = (to: string, address: string, allowed: boolean): TriedFlow => ({
      subject: `${source.name} → ${to}`,
      allowed,
      rounds: rounds.map((round) => round.get(address) ?? 'broken'),
      listening: heard.has(address),
      control,
      unenforced,
    });
    const toComponents = targets.flatMap((target, index) =>
      expected[index] === 'unsure' ? [] : [tried(nameOf(target), target.address, expected[index] === 'open')],
    );
    // No pod of the stack's calls the API: this way is closed by the policies for the way out alone.
    return source.inside ? [...toComponents, tried(apiName, api, false)] : toComponents;
  });
}

type Apart = readonly {
  readonly pod: Pick<TryingPod, 'source' | 'address'>;
  readonly rounds: readonly Round[];
  readonly expected: readonly ('open' | 'refused' | 'unsure')[];
}[];

/** From within, the way of the policy check: a pod without labels has none. From without, the Kubernetes API. */
function controlOf(
  { inside, name }: FlowSource,
  all: Apart,
  targets: readonly FoundTarget[],
  api: string,
): TriedFlow['control'] {
  const from = all.find(({ pod: { source } }) =>
    inside ? source.component === serviceNames.policyCheck : source.name === name,
  );
  if (from === undefined) return undefined;
  const target = inside ? targets[from.expected.indexOf('open')] : undefined;
  if (inside && target === undefined) return undefined;
  const isOpen = (round: Round): boolean => round.get(target?.address ?? api) === 'open';
  const to = target === undefined ? apiName : nameOf(target);
  return { name: `${from.pod.source.name} → ${to}`, rounds: from.rounds.map(isOpen) };
}

function nameOf({ component, port }: FoundTarget): string {
  return `${component.replace(/^jaeger-/, '')}:${port}`;
}
