import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { attackResult, type AttackResult } from './attackResult.ts';
import { attackSources, removeInsideSources } from './attackSources.ts';
import { findTargets, type LoginTargets, type Targets } from './attackTargets.ts';
import { expectedFlows, type ExpectedFlow } from './expectedFlows.ts';
import { listenOutside } from './listenOutside.ts';
import { ProbePod, type ProbeSource } from './probePod.ts';

/** What is attacked. */
export interface NetworkMatrixOptions {
  readonly kube: KubeConfig;
  /** Jaeger's namespace: a stack with {@link attackSettings}, in a cluster with {@link createAttackNamespaces}. */
  readonly namespace: string;
  /** Directory of the local cluster's state. */
  readonly stateDirectory: string;
  /** Where people log in to the UI. Left out: the stack's Ingress is unauthenticated. */
  readonly login?: LoginTargets;
}

/** What a matrix is made of. */
export interface MatrixParts {
  readonly kube: KubeConfig;
  /** Jaeger's namespace. */
  readonly namespace: string;
  readonly expected: readonly ExpectedFlow[];
  readonly sources: readonly ProbeSource[];
  readonly findTargets: (probes: readonly ProbePod[]) => Promise<Targets>;
}

/** A cell of the matrix as it was found. */
interface TriedFlow extends ExpectedFlow {
  readonly reached: boolean;
}

/**
 * Pods around and inside a stack, which try every flow of `expectedFlows.ts`. Those inside go when it is disposed of, the others with
 * their namespaces.
 */
export class NetworkMatrix implements AsyncDisposable {
  /** Every cell. */
  readonly expected: readonly ExpectedFlow[];
  readonly #probes: ReadonlyMap<string, ProbePod>;
  readonly #findTargets: () => Promise<Targets>;
  readonly #resources: AsyncDisposable;

  private constructor(
    expected: readonly ExpectedFlow[],
    probes: readonly ProbePod[],
    targets: () => Promise<Targets>,
    resources: AsyncDisposable,
  ) {
    this.expected = expected;
    this.#probes = new Map(probes.map((probe) => [probe.source.name, probe]));
    this.#findTargets = targets;
    this.#resources = resources;
  }

  /** Starts every pod that connections are tried from. */
  static async start({ kube, namespace, stateDirectory, login }: NetworkMatrixOptions): Promise<NetworkMatrix> {
    await using started = new AsyncDisposableStack();
    const outside = started.use(await listenOutside(stateDirectory));
    const sources = await attackSources(kube, namespace, login !== undefined);
    const findAll = (probes: readonly ProbePod[]) => findTargets({ kube, namespace, probes, outside, login });
    const expected = expectedFlows(login !== undefined);
    const matrix = await NetworkMatrix.startWith({ kube, namespace, expected, sources, findTargets: findAll }, started);
    started.move();
    return matrix;
  }

  /** Starts these pods, for a matrix of their own. @param besides - What is disposed of with it. */
  static async startWith(
    { kube, namespace, expected, sources, findTargets: find }: MatrixParts,
    besides: AsyncDisposable = new AsyncDisposableStack(),
  ): Promise<NetworkMatrix> {
    await using started = new AsyncDisposableStack();
    started.defer(() => removeInsideSources(kube, namespace));
    const probes = await Promise.all(sources.map((source) => ProbePod.start(kube, source)));
    started.use(besides);
    return new NetworkMatrix(expected, probes, () => find(probes), started.move());
  }

  /** Tries every cell once. */
  async tryAll(): Promise<readonly TriedFlow[]> {
    const targets = await this.#findTargets();
    const flows = Map.groupBy(this.expected, ({ from }) => from);
    const tried = [...flows].map(([from, expected]) => this.#tryFrom(from, expected, targets));
    return (await Promise.all(tried)).flat();
  }

  /** Tries every cell once: how many, and which are not as they should be. */
  async run(): Promise<AttackResult> {
    return resultOf(await this.tryAll());
  }

  /**
   * Runs the matrix until its result is as it is looked for, or the time is over: network plugins follow a change of policies
   * some moments later.
   *
   * @returns the last result
   */
  async runUntil(looked: (result: AttackResult) => boolean, limitSeconds = 60): Promise<AttackResult> {
    for (const deadline = Date.now() + limitSeconds * 1000; ; await sleep(500)) {
      const result = await this.run();
      if (looked(result) || Date.now() > deadline) return result;
    }
  }

  async #tryFrom(from: string, expected: readonly ExpectedFlow[], targets: Targets): Promise<TriedFlow[]> {
    const probe = this.#probes.get(from);
    if (probe === undefined) throw new Error(`there is no pod ${from} to try from`);
    const reached = await probe.probe(expected.map(({ to }) => requireTarget(targets, to)));
    return expected.map((flow, index) => ({ ...flow, reached: reached[index] === true }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

/** The cells that are not as they should be, in words. */
function resultOf(tried: readonly TriedFlow[]): AttackResult {
  const wrong = tried.filter(({ allowed, reached }) => allowed !== reached);
  return attackResult(
    tried.map(({ allowed }) => allowed),
    wrong.map((flow) => flowInWords(flow, flow.reached ? 'open' : 'refused')),
  );
}

/** A cell and what was found in it, as {@link AttackResult} says it. */
export function flowInWords({ from, to }: ExpectedFlow, found: 'open' | 'refused'): string {
  return `${from} → ${to} is ${found}`;
}

function requireTarget(targets: Targets, name: string) {
  const target = targets.get(name);
  if (target === undefined) throw new Error(`nobody knows where ${name} is`);
  return target;
}
