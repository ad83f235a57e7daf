import type { PlacedWorkload } from '../kube/workload.ts';

/** What `up` reached; `--json` prints it as one line. */
export interface UpResult {
  readonly stack: string;
  readonly context: string;
  /** Whether the deployment had to be changed. */
  readonly changed: boolean;
  /** The stack's outputs: see TracingStackOutputs of @tracewright/runtime. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Where they are written, for TRACEWRIGHT_STACK_OUTPUTS_FILE. */
  readonly outputsFile: string;
  /** What is not as it should be though the trace came back, as `status` says it. */
  readonly warnings: readonly string[];
  readonly traceId: string;
  readonly spanCount: number;
  readonly services: readonly string[];
  readonly traceUrl: string;
  readonly uiUrl: string;
  readonly apiUrl: string;
  /** The page of the example's storefront, with the token that lets people act on it; missing without the example. */
  readonly pageUrl?: string;
  /** Whether the query image carries Jaeger's own UI. */
  readonly jaegerUi: boolean;
  /** Seconds by phase. */
  readonly phases: Readonly<Record<string, number>>;
}

export interface Summary {
  readonly result: UpResult;
  readonly namespace: string;
  readonly workloads: readonly PlacedWorkload[];
  readonly kubeconfig: string;
}

/** What a person wants to know after `up`: what runs where, the addresses, the trace, and what to do next. */
export function describeSummary({ result, workloads, kubeconfig, namespace }: Summary): string {
  const rows = workloads.map(
    (w) => `  ${w.namespace.padEnd(12)} ${w.kind.padEnd(12)} ${w.name.padEnd(18)} ${w.ready}/${w.wanted} ready`,
  );
  const ui = result.jaegerUi
    ? 'Jaeger UI'
    : 'a trace page of Tracewright: this query image was built from the Go module, which has no UI bundle';
  return [
    '',
    `Stack ${result.stack} on ${result.context}${result.changed ? '' : ' (unchanged)'}`,
    ...rows,
    ...result.warnings.map((warning) => `  Warning  ${warning}`),
    '',
    `  Traces   ${result.uiUrl}/search   (${ui})`,
    `  API      ${result.apiUrl}   (${result.uiUrl}/api/services answers with the services)`,
    `  Trace    ${result.traceUrl}`,
    `           ${result.spanCount} spans of ${result.services.join(', ')}`,
    ...(result.pageUrl === undefined
      ? []
      : [
          `  Page     ${result.pageUrl}`,
          '           errors, requests and performance of the storefront; the token is a secret',
        ]),
    `  Outputs  ${result.outputsFile}   (an application takes them with TRACEWRIGHT_STACK_OUTPUTS_FILE)`,
    '',
    'Next:',
    `  export KUBECONFIG=${kubeconfig}`,
    `  kubectl -n ${namespace} get pods          look around`,
    '  npm run status                       what runs, and what waits for what',
    '  npm run preview                      what a change of Pulumi.*.yaml would do, under the policy pack',
    '  npm run down                         remove everything again',
    `  Took ${Object.entries(result.phases)
      .map(([phase, seconds]) => `${phase} ${seconds} s`)
      .join(', ')}.`,
    '',
  ].join('\n');
}
