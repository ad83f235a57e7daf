import { execa, ExecaError } from 'execa';
import { join } from 'node:path';
import type { ReportDetail } from '../console/phases.ts';
import { protectedResourcesOf } from '../cluster/clusterStacks.ts';
import type { ActivePolicyPack } from './checkoutPolicyPack.ts';
import { isRecord } from '../values/isRecord.ts';
import { writePrivateFile } from '../process/privateFiles.ts';
import { withTemporaryDirectory } from '../process/temporaryDirectory.ts';

/** How the Pulumi CLI is called: which one, with which environment, for which stack. */
export interface StackEngineOptions {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly checkout: string;
  readonly stack: string;
  readonly configFile: string;
  /** Looks on in previews and updates. */
  readonly policyPack: ActivePolicyPack;
  readonly signal: AbortSignal;
}

/** What a preview found. */
export interface StackPreview {
  readonly changes: number;
  /** The CLI's whole answer, for a person. */
  readonly text: string;
}

/** What the state of a stack holds. */
export interface StackState {
  /** How many resources; the stack itself is one of them. */
  readonly resources: number;
  /** Those that Pulumi refuses to delete, as a person calls them. */
  readonly protectedResources: readonly string[];
  /** Names of the namespaces among them. */
  readonly namespaces: readonly string[];
  /** All of them, as `pulumi stack export` gives them; secrets are encrypted. */
  readonly all: readonly unknown[];
}

/** The Pulumi CLI refused or failed; its last lines say why. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(what: string, output: string, cause: unknown) {
    super(`pulumi ${what} failed:\n${output.trim()}`, { cause });
  }
}

/** A policy could not be evaluated, so that it is not known whether it is kept. */
export class PolicyNotEvaluatedError extends Error {
  override readonly name = 'PolicyNotEvaluatedError';

  constructor(lines: readonly string[]) {
    super(
      `a mandatory policy could not be evaluated, because a value is unknown before the deployment:\n${lines.join('\n')}\n` +
        'Give the value in the program or the configuration, so that the policy can be checked.',
    );
  }
}

/** One Pulumi stack, driven through the CLI; a policy pack is active in every preview and update. */
export class StackEngine {
  readonly #options: StackEngineOptions;

  constructor(options: StackEngineOptions) {
    this.#options = options;
  }

  /** What the stack's state holds; undefined where there is no such stack. Selects nothing. */
  async readState(): Promise<StackState | undefined> {
    try {
      const state: unknown = JSON.parse(
        await this.#run(['stack', 'export', '--stack', this.#options.stack], () => undefined),
      );
      return stateOf(state);
    } catch (error) {
      if (error instanceof StackError && saysNoStack(error.message, this.#options.stack)) return undefined;
      throw error;
    }
  }

  /** Makes the stack. `directory` is the project whose configuration the CLI may write to. */
  async create(directory: string): Promise<void> {
    await this.#run(['stack', 'init', this.#options.stack, '--no-select', '--cwd', directory], () => undefined);
  }

  /**
   * Previews the stack under the policy pack; `refresh` compares it with the cluster first, so that what vanished is seen.
   * @throws StackError for a failing program or a breach; PolicyNotEvaluatedError when a rule could not be evaluated.
   */
  async preview(report: ReportDetail, refresh: boolean): Promise<StackPreview> {
    const text = await this.#runUnderPolicies(['preview', ...refreshing(refresh)], report);
    const unevaluated = text.split('\n').filter((line) => /can't run policy/i.test(line));
    if (unevaluated.length > 0) throw new PolicyNotEvaluatedError(unevaluated);
    return { changes: countChanges(text), text };
  }

  /** Makes the cluster as the program says. The policy pack looks on again: what a preview could not know is known now. */
  async update(report: ReportDetail, refresh: boolean): Promise<void> {
    await this.#runUnderPolicies(['up', '--yes', '--skip-preview', ...refreshing(refresh)], report);
  }

  /** Lets a later destroy delete what deletion protection keeps. */
  async unprotect(): Promise<void> {
    await this.#run(['state', 'unprotect', '--all', '--yes', '--stack', this.#options.stack], () => undefined);
  }

  /** Deletes what the stack made. */
  async destroy(report: ReportDetail): Promise<void> {
    await this.#run(['destroy', '--yes', '--skip-preview', ...this.#stackArguments()], report);
  }

  /** Frees a stack whose last update was killed. Only for whoever knows that no update runs. */
  async cancel(): Promise<void> {
    await this.#run(['cancel', '--yes', '--stack', this.#options.stack], () => undefined);
  }

  /** The stack's outputs as they were deployed last; secrets are masked. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.#run(['stack', 'output', '--json', '--stack', this.#options.stack], () => undefined);
    const outputs: unknown = JSON.parse(text);
    if (typeof outputs !== 'object' || outputs === null) throw new StackError('stack output', text, undefined);
    return { ...outputs };
  }

  #stackArguments(): string[] {
    return ['--stack', this.#options.stack, '--config-file', this.#options.configFile];
  }

  async #runUnderPolicies(args: readonly string[], report: ReportDetail): Promise<string> {
    const { directory, configuration } = this.#options.policyPack;
    const all = [...args, ...this.#stackArguments(), '--policy-pack', directory];
    if (configuration === undefined) return this.#run(all, report);
    const settings = JSON.stringify(await configuration());
    return withTemporaryDirectory('policies', (temporary) => {
      const file = join(temporary, 'configuration.json');
      writePrivateFile(file, settings);
      return this.#run([...all, '--policy-pack-config', file], report);
    });
  }

  async #run(args: readonly string[], report: ReportDetail): Promise<string> {
    const { command, environment, checkout, signal } = this.#options;
    const child = execa(command, [...args, '--non-interactive', '--color', 'never'], {
      cwd: checkout,
      env: environment,
      extendEnv: false,
      all: true,
      stdin: 'ignore',
      cancelSignal: signal,
      killSignal: 'SIGINT',
      forceKillAfterDelay: 15_000,
      // A terminal's Ctrl-C reaches the whole foreground group; a second interrupt would cut Pulumi's update short.
      detached: true,
    });
    try {
      // The lines end with an error when the command does: both are waited for together, so that neither goes unheard.
      const [{ stdout }] = await Promise.all([child, reportLines(child.iterable({ from: 'all' }), report)]);
      return stdout;
    } catch (cause) {
      const output = describeFailure(cause);
      throw new StackError(args[0] ?? '', output.split('\n').slice(-60).join('\n'), cause);
    }
  }
}

async function reportLines(lines: AsyncIterable<string>, report: ReportDetail): Promise<void> {
  for await (const line of lines) if (line.trim() !== '') report(line.trim());
}

/** Pulumi 3.160 `cmd/pulumi/stack/io.go`. Anything else that was "not found" says nothing about the stack. */
function saysNoStack(message: string, stack: string): boolean {
  return message.split('\n').some((line) => line.trim() === `error: no stack named '${stack}' found`);
}

function refreshing(refresh: boolean): string[] {
  return refresh ? ['--refresh'] : [];
}

function stateOf(exported: unknown): StackState {
  const { deployment } = exported as { readonly deployment?: { readonly resources?: readonly unknown[] } };
  const resources = deployment?.resources ?? [];
  return {
    resources: resources.length,
    protectedResources: protectedResourcesOf(resources),
    namespaces: resources.flatMap(namespaceOf),
    all: resources,
  };
}

/** A namespace's ID is its name. */
function namespaceOf(resource: unknown): string[] {
  if (!isRecord(resource) || resource['type'] !== 'kubernetes:core/v1:Namespace') return [];
  return typeof resource['id'] === 'string' ? [resource['id']] : [];
}

function describeFailure(cause: unknown): string {
  if (!(cause instanceof ExecaError)) return String(cause);
  return typeof cause.all === 'string' && cause.all !== '' ? cause.all : cause.shortMessage;
}

/** Resources that an update would touch, from the summary of a preview. */
function countChanges(text: string): number {
  const counts = text.matchAll(/^\s*(?:\+|~|-|\+-|\+\+|--|>-)\s*(\d+) to \w+/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
