import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { partOfLabel } from '../../../../infra/kubernetes/labels.ts';
import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { parse } from 'semver';
import { requestOnePod } from '../../../kube/requestPod.ts';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { unlessAborted } from '../../unlessAborted.ts';
import { declaredWorkloads, describeContainer } from './declaredWorkloads.ts';

/** The admin server of each of Jaeger's programs says on `/version` what was compiled (Jaeger 1.50 `pkg/version/handler.go`). */
const adminPort = 'admin';
const longestMillis = 10_000;

/** Jaeger's programs say of themselves that they are of the version that the stack configures. */
export const versionsReported: Check = {
  id: 'versions-reported',
  component: 'workloads',
  title: "every program of Jaeger's is of the configured version, by its own word",
  run: async ({ deployment, signal }) => {
    const [kube, { jaegerVersion }, workloads] = await Promise.all([
      deployment.kube(),
      deployment.config(),
      declaredWorkloads(deployment),
    ]);
    const pods = workloads.flatMap(({ pods: own }) => own).filter(isJaeger);
    return Promise.all(pods.map((pod) => askVersion(kube, pod, jaegerVersion, signal)));
  },
};

async function askVersion(kube: KubeConfig, pod: V1Pod, version: string, signal: AbortSignal): Promise<Finding> {
  const program = pod.metadata?.labels?.['app.kubernetes.io/name'] ?? '';
  const subject = describeContainer(pod, program);
  const expected = `Jaeger ${version}`;
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  const port = ports.find(({ name }) => name === adminPort)?.containerPort ?? 0;
  const { namespace = '', name = '' } = pod.metadata ?? {};
  try {
    const late = AbortSignal.any([signal, AbortSignal.timeout(longestMillis)]);
    const place = { namespace, pod: name, port };
    const answer = requestOnePod(kube, place, { path: '/version', signal: late });
    const { status, body } = await unlessAborted(answer, late);
    return judgeVersion(subject, version, status === 200 ? body : undefined);
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: 'unchecked', subject, expected, ...describeRefusal(error) };
  }
}

/**
 * Judges what a program has said on `/version`.
 * @param body - undefined where it has said nothing.
 */
export function judgeVersion(subject: string, version: string, body: string | undefined): Finding {
  const expected = `Jaeger ${version}`;
  const said = body === undefined ? undefined : versionIn(body);
  if (said === undefined) {
    const mend =
      'see which image runs (check images-declared): it may be no Jaeger, or one that was built without its version';
    return { outcome: 'unchecked', subject, expected, found: 'it does not say which version it is', mend };
  }
  if (parse(said)?.compare(parse(version) ?? version) === 0)
    return { outcome: 'ok', subject, expected, found: `Jaeger ${said}` };
  const mend =
    '`npm run up` runs the configured version; another is chosen by tracewright:jaegerVersion, and its image named by tracewright:images';
  return { outcome: 'failed', subject, expected, found: `Jaeger ${said}`, mend };
}

function versionIn(body: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    const version = isRecord(answer) ? answer['gitVersion'] : undefined;
    return typeof version === 'string' && parse(version) !== null ? version.replace(/^v/, '') : undefined;
  } catch {
    return undefined;
  }
}

const programs: readonly string[] = [
  serviceNames.agent,
  serviceNames.collector,
  serviceNames.query,
  serviceNames.ingester,
];

function isJaeger({ metadata, status }: V1Pod): boolean {
  const labels = metadata?.labels ?? {};
  return (
    labels[partOfLabel] !== undefined &&
    programs.includes(labels['app.kubernetes.io/name'] ?? '') &&
    status?.phase === 'Running'
  );
}
