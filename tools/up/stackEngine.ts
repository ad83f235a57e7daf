import { execa, ExecaError } from 'execa';
import { join } from 'node:path';
import type { ReportDetail } from '../console/phases.ts';

/** How the Pulumi CLI is called: which one, with which environment, for which stack. */
export interface StackEngineOptions {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly checkout: string;
  readonly stack: string;
  readonly configFile: string;
  readonly signal: AbortSignal;
}

/** What a preview found. */
export interface StackPreview {
  readonly changes: number;
  /** The CLI's whole answer, for a person. */
  readonly text: string;
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

/** One Pulumi stack, driven through the CLI; the policy pack of this checkout is active in every preview and update. */
export class StackEngine {
  readonly #options: StackEngineOptions;

  constructor(options: StackEngineOptions) {
    this.#options = options;
  }

  /** Makes the stack unless there is one. `directory` is the project whose configuration the CLI may write to. */
  async ensureExists(directory: string): Promise<void> {
    await this.#run(['stack', 'select', '--create', this.#options.stack, '--cwd', directory], () => undefined);
  }

  /**
   * Previews the stack under the policy pack.
   * @throws StackError for a failing program or a breach; PolicyNotEvaluatedError when a rule could not be evaluated.
   */
  async preview(report: ReportDetail): Promise<StackPreview> {
    const text = await this.#run(['preview', ...this.#stackArguments(), ...this.#policyArguments()], report);
    const unevaluated = text.split('\n').filter((line) => /can't run policy/i.test(line));
    if (unevaluated.length > 0) throw new PolicyNotEvaluatedError(unevaluated);
    return { changes: countChanges(text), text };
  }

  /** Makes the cluster as the program says. The policy pack looks on again: what a preview could not know is known now. */
  async update(report: ReportDetail, refresh: boolean): Promise<void> {
    const refreshing = refresh ? ['--refresh'] : [];
    await this.#run(
      ['up', '--yes', '--skip-preview', ...refreshing, ...this.#stackArguments(), ...this.#policyArguments()],
      report,
    );
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

  #policyArguments(): string[] {
    return ['--policy-pack', join(this.#options.checkout, 'policies')];
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
    });
    const reading = (async () => {
      for await (const line of child.iterable({ from: 'all' })) if (line.trim() !== '') report(line.trim());
    })();
    try {
      const { stdout } = await child;
      await reading;
      return stdout;
    } catch (cause) {
      const output = describeFailure(cause);
      throw new StackError(args[0] ?? '', output.split('\n').slice(-60).join('\n'), cause);
    }
  }
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
