import { profileNames, profiles, type Profile } from '../../../infra/schema/profiles.ts';
import type { ContainerResources } from '../../../infra/kubernetes/resources.ts';
import { paragraphs, table } from '../markdown.ts';

/**
 * What each profile sets.
 *
 * @param notes - Where the numbers come from, as it stands beside them.
 */
export function profileSection(notes: string): string {
  const workloads = ['collector', 'query', 'agent', 'elasticsearch'] as const;
  return paragraphs(
    '## Profiles',
    'CPU in millicores and memory in MiB, as request – limit. Any of them can be set by itself beside the profile.',
    table(
      ['', ...profileNames],
      [
        ...workloads.flatMap((workload) => [
          row(`${workload}, CPU`, (profile) => range(profiles[profile][workload], 'cpuMillicores')),
          row(`${workload}, memory`, (profile) => range(profiles[profile][workload], 'memoryMebibytes')),
        ]),
        row("collector's queue, spans", (profile) => profiles[profile].queueSize),
        row("embedded node's Java heap, MiB", (profile) => profiles[profile].elasticsearch.heapMebibytes),
        row("embedded node's volume, GiB", (profile) => profiles[profile].elasticsearch.volumeGibibytes),
      ],
    ),
    'Where the numbers come from:',
    notes,
  );
}

function row(title: string, value: (profile: Profile) => string | number): readonly string[] {
  return [title, ...profileNames.map((profile) => String(value(profile)))];
}

function range({ requests, limits }: ContainerResources, amount: keyof ContainerResources['requests']): string {
  return `${requests[amount]} – ${limits[amount]}`;
}
