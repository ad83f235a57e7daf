import type { V1Pod } from '@kubernetes/client-node';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, describeContainer, type DeclaredWorkload } from './declaredWorkloads.ts';

/** What runs are the images that the stack names, and the same one in all pods of a workload. */
export const imagesDeclared: Check = {
  id: 'images-declared',
  component: 'workloads',
  title: 'every container runs the image that the stack declares',
  run: async ({ deployment }) => (await declaredWorkloads(deployment)).flatMap(judgeImages),
};

/** Judges the images of a workload: of what its template asks for, and of each pod. */
export function judgeImages({ subject, live, podSpec, pods }: DeclaredWorkload): Finding[] {
  return declaredImages(podSpec).flatMap(({ name, image }): Finding[] => {
    const { containers = [], initContainers = [] } = live.spec?.template?.spec ?? {};
    const asked = [...initContainers, ...containers].find((container) => container.name === name)?.image;
    const template: Finding[] =
      asked === image
        ? []
        : [
            {
              outcome: 'failed',
              subject,
              expected: `image ${image} in container ${name}`,
              found: asked === undefined ? `no container ${name}` : `image ${asked}`,
              mend: '`npm run up` sets it again; another version of Jaeger is chosen by tracewright:jaegerVersion',
            },
          ];
    return [...template, ...pods.flatMap((pod) => judgePod(pod, name, image)), ...judgeIds(subject, name, pods)];
  });
}

function judgePod(pod: V1Pod, name: string, image: string): Finding[] {
  const container = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].find(
    (each) => each.name === name,
  );
  const subject = describeContainer(pod, name);
  const expected = `image ${image}`;
  if (container?.image === image)
    return [{ outcome: 'ok', subject, expected, found: `image ${image} (${shortId(imageId(pod, name))})` }];
  const found = container === undefined ? 'the pod has no such container' : `image ${container.image ?? ''}`;
  return [
    {
      outcome: 'failed',
      subject,
      expected,
      found: `${found}: a pod of another template`,
      mend: '`npm run up` sets the template again, and waits until all pods are of it',
    },
  ];
}

/** A tag can be moved: then nodes that fetched it at another time run something else. */
function judgeIds(subject: string, name: string, pods: readonly V1Pod[]): Finding[] {
  const ids = [...new Set(pods.map((pod) => imageId(pod, name)).filter((id) => id !== ''))];
  if (ids.length < 2) return [];
  return [
    {
      outcome: 'warning',
      subject,
      expected: `the same image in container ${name} of all pods`,
      found: `${ids.length} different ones: ${ids.map(shortId).join(', ')}`,
      mend: 'the tag was moved between two pulls: name the image by its digest, and restart the pods',
    },
  ];
}

function imageId({ status }: V1Pod, name: string): string {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return statuses.find((each) => each.name === name)?.imageID ?? '';
}

function shortId(id: string): string {
  const digest = id.split('@').at(-1) ?? '';
  return digest === '' ? 'not pulled yet' : digest.slice(0, 19);
}

function declaredImages(
  podSpec: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly image: string }[] {
  return ['initContainers', 'containers'].flatMap((key) => {
    const list = podSpec[key];
    return (Array.isArray(list) ? list : []).flatMap((container: unknown) => {
      if (!isRecord(container)) return [];
      const { name, image } = container;
      return typeof name === 'string' && typeof image === 'string' ? [{ name, image }] : [];
    });
  });
}
