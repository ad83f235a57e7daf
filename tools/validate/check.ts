import type { Deployment } from './deployment.ts';
import type { Finding, Outcome } from './finding.ts';

/** What checks are about; `--only` takes these names. */
export const components = [
  'toolchain',
  'objects',
  'workloads',
  'access',
  'network',
  'storage',
  'streaming',
  'sampling',
  'endpoints',
  'monitoring',
  'runtime',
] as const;

/** One of {@link components}. */
export type Component = (typeof components)[number];

/**
 * What a check may need beside a deployment; without it, it is not run, and the report says so. `active` is `--active`: it changes
 * something, such as a span that is sent or a pod that is made and removed. `prometheus` is `--prometheus URL`, `dashboard` is
 * `--dashboard URL`.
 */
export const needs = ['active', 'prometheus', 'dashboard'] as const;

/** One of {@link needs}. */
export type Need = (typeof needs)[number];

/** What a check works with. */
export interface CheckContext {
  readonly deployment: Deployment;
  /** Ends when the check's time is over, or the user wants the command to end. */
  readonly signal: AbortSignal;
}

/** One thing that can be examined. */
export interface Check {
  /** In kebab-case, and no other check's: reports and `--list` name it. */
  readonly id: string;
  readonly component: Component;
  /** A sentence that says what is true of a sound deployment. */
  readonly title: string;
  /** @defaultValue none */
  readonly needs?: readonly Need[];
  /**
   * Whether it is about something that this deployment has, such as Kafka. @defaultValue always
   */
  readonly applies?: (deployment: Deployment) => Promise<boolean>;
  /** Seconds that it may take, 1 to 600. @defaultValue 30 */
  readonly timeoutSeconds?: number;
  /**
   * Looks, and says what it saw; nothing means that there was nothing to look at, which is told as `unchecked`. What it throws is
   * told as `unchecked` too, with the error's words. It leaves nothing behind, also when `signal` ends it.
   */
  readonly run: (context: CheckContext) => Promise<readonly Finding[]>;
}

/** What a check came to. */
export interface CheckResult {
  readonly check: string;
  readonly component: Component;
  readonly title: string;
  /** The worst of its findings. */
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  /** How long it took, in seconds. */
  readonly seconds: number;
}
