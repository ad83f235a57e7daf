import type { KubeConfig, KubernetesObject, V1Pod } from '@kubernetes/client-node';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import type { DeclaredObject } from './declaredObject.ts';

/** An application's page and metrics, as the user has named them. */
export interface ApplicationAddress {
  /** Where its dashboard is mounted. */
  readonly url: URL;
  /** What the dashboard asks for, where it asks. */
  readonly token?: string;
}

/**
 * What is examined. Each part is found when it is first asked for, once, and shared by all checks; where it cannot be had, every check that
 * asks for it is told why, and the others go on.
 */
export interface Deployment {
  readonly stack: string;
  /** Name of the context whose cluster it is in. */
  context(): Promise<string>;
  /** The stack's configuration, checked. */
  config(): Promise<StackConfig>;
  /** A cluster that has answered. */
  kube(): Promise<KubeConfig>;
  /** Version of Kubernetes, such as `v1.35.0`. */
  kubernetes(): Promise<string>;
  /** Whether the cluster is the local one of this project. */
  isLocal(): Promise<boolean>;
  /** The engine that drives the stack, such as `3.160.0`. */
  engineVersion(): Promise<string>;
  /** What the stack's state says that there is. */
  declared(): Promise<readonly DeclaredObject[]>;
  outputs(): Promise<TracingStackOutputs>;
  /** The namespaces of the stack: Jaeger's, and the agent's where that is another. */
  namespaces(): Promise<readonly string[]>;
  /** What the cluster has of a declared object; undefined when it has none. */
  live(object: DeclaredObject): Promise<KubernetesObject | undefined>;
  /** The pods of the stack's namespaces, as they were at the first question. */
  pods(): Promise<readonly V1Pod[]>;
  /** `--prometheus`. */
  readonly prometheus?: URL;
  /** `--dashboard`, in the order of the command line. */
  readonly applications: readonly ApplicationAddress[];
}

/** Something cannot be looked at; the message says why, and what to do about it. */
export class NotCheckableError extends Error {
  override readonly name = 'NotCheckableError';
  /** What to do about it. */
  readonly mend: string;

  constructor(reason: string, mend: string, cause?: unknown) {
    super(reason, { cause });
    this.mend = mend;
  }
}

/** The backend says that the stack is not deployed to this cluster: whatever lies there is not the stack's. */
export class StackAbsentError extends Error {
  override readonly name = 'StackAbsentError';
  /** What to do about it. */
  readonly mend: string;

  constructor(reason: string, mend: string) {
    super(reason);
    this.mend = mend;
  }
}
