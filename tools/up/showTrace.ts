import type { ReportDetail } from '../console/phases.ts';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { listWorkloadsOf } from '../kube/listWorkloads.ts';
import { whileWatching } from '../kube/whileWatching.ts';
import type { PlacedWorkload } from '../kube/workload.ts';
import type { RunningGateway } from '../gateway/gatewayProcess.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { applyExample, type ExampleOptions } from './example.ts';
import { openPage } from './page.ts';
import { IncompleteTraceError, readTrace, type QueryTrace } from './readTrace.ts';
import type { Target } from './target.ts';
import { requestExample, sendLocalTrace, type SentTrace } from './traceRequest.ts';

const attempts = 3;
const attemptSeconds = 25;

/** A trace that was read back whole. */
export interface ShownTrace {
  readonly sent: SentTrace;
  readonly trace: QueryTrace;
  /** Address of the example's page with its token; missing without the example. */
  readonly pageUrl?: string;
}

/** Whether the example runs in the cluster: on a cluster of the user's only where its image is known. */
export function deploysExample({ options }: CommandContext, target: Target): boolean {
  return options.example && (target.local || options.exampleImage !== undefined);
}

/**
 * Deploys the example where it can be had, opens its page, makes a request, and reads its trace through the query API.
 * @param namespaces - Those of the stack: while the trace is waited for, what goes wrong in them is said.
 */
export async function showTrace(
  command: CommandContext,
  target: Target,
  outputs: TracingStackOutputs,
  gateway: RunningGateway,
  namespaces: readonly string[],
): Promise<ShownTrace> {
  const deployed = deploysExample(command, target);
  if (deployed) {
    await command.phases.run('example', (report) =>
      applyExample(exampleOptions(command, target), outputs, report, command.abort.signal),
    );
  }
  const page = deployed ? { pageUrl: await openPage(command, target) } : {};
  const send = (report: ReportDetail): Promise<SentTrace> =>
    deployed ? requestExample(target.kube, report) : sendLocalTrace(target.kube, outputs);
  const look = (): Promise<PlacedWorkload[]> => listWorkloadsOf(target.kube, namespaces, { failures: true });
  return { ...(await requestUntilWhole(command, gateway, send, look)), ...page };
}

function exampleOptions({ options }: CommandContext, target: Target): ExampleOptions {
  const { checkout, stack, exampleImage } = options;
  return { kube: target.kube, checkout, stack, ...(exampleImage === undefined ? {} : { image: exampleImage }) };
}

/** Spans travel over UDP: those of a request made while an agent or collector restarts can be lost, and are not sent again. */
async function requestUntilWhole(
  command: CommandContext,
  { url }: RunningGateway,
  send: (report: ReportDetail) => Promise<SentTrace>,
  look: () => Promise<PlacedWorkload[]>,
): Promise<ShownTrace> {
  for (let attempt = 1; ; attempt++) {
    const sent = await command.phases.run('request', send);
    try {
      const trace = await command.phases.run('trace', async (report, wait) => {
        let waits: string | undefined;
        const keep = (text: string | undefined): void => {
          waits = text;
          wait(text);
        };
        const { signal } = command.abort;
        return whileWatching({ look, wait: keep }, () =>
          readTrace(url, sent.traceId, sent.spanCount, attemptSeconds, report, signal, () => waits),
        );
      });
      return { sent, trace };
    } catch (error) {
      if (attempt === attempts || !(error instanceof IncompleteTraceError)) throw error;
    }
  }
}
