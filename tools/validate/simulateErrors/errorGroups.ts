import * as z from 'zod';
import { exampleClientName } from '../checks/runtime/exampleClient.ts';
import { readView, type Page } from '../checks/runtime/page.ts';
import type { Scenario } from './scenarios.ts';

const listed = z.object({
  groups: z.array(z.looseObject({ id: z.string(), category: z.string(), type: z.string(), message: z.string() })),
});
const detail = z.object({
  group: z.looseObject({
    id: z.string(),
    category: z.string(),
    severity: z.string(),
    state: z.string(),
    isRegressed: z.boolean(),
    count: z.number(),
  }),
  events: z.array(z.looseObject({ key: z.string(), traceId: z.string().optional() })),
  event: z
    .looseObject({
      traceId: z.string().optional(),
      chain: z.array(z.looseObject({ type: z.string() })),
      request: z.looseObject({ agentId: z.string().optional() }),
    })
    .optional(),
});

/** A group of errors, as the page shows it. */
export type GroupDetail = z.infer<typeof detail>;

const note = 'provoked by validate';

/** The groups that are like a scenario's, with how often each has happened so far. */
export async function likeGroups(
  page: Page,
  { group }: Scenario,
  signal: AbortSignal,
): Promise<readonly GroupDetail[]> {
  const query = new URLSearchParams({ window: '24h', limit: '1000', text: group.message });
  const { result } = await readView(page, `errors?${query.toString()}`, listed, signal);
  const same = result.groups.filter(({ type, message }) => type === group.type && message.includes(group.message));
  return Promise.all(same.map(({ id }) => readGroup(page, id, signal)));
}

/** All that the page shows of a group, with its newest error. */
export async function readGroup(page: Page, id: string, signal: AbortSignal): Promise<GroupDetail> {
  return (await readView(page, `errors/${id}`, detail, signal)).result;
}

/** Says that the cause of a group is gone; it opens by itself when it comes back. */
export async function resolveGroup(page: Page, id: string, signal: AbortSignal): Promise<void> {
  const { status, body } = await page.ask(`api/v1/errors/${id}/resolve`, { signal, action: { note } });
  if (status !== 200)
    throw new Error(`${page.name} answered ${status} when a group was to be resolved: ${body.slice(0, 200)}`);
}

/** The IDs of the groups that nobody has resolved. */
export async function unresolvedGroups(page: Page, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { result } = await readView(page, 'errors?window=1h&state=unresolved&limit=10000', listed, signal);
  return new Set(result.groups.map(({ id }) => id));
}

/**
 * Resolves what is unresolved, was not so before, and was met last by requests that were sent from here, as their agent says or their trace:
 * whatever else the example made of the errors that were provoked.
 *
 * @param traceIds - of requests that were sent from here; a service behind the first knows them by these alone
 */
export async function resolveProvoked(
  page: Page,
  before: ReadonlySet<string>,
  signal: AbortSignal,
  traceIds: readonly string[] = [],
): Promise<void> {
  for (const id of await unresolvedGroups(page, signal)) {
    if (before.has(id)) continue;
    const { event } = await readGroup(page, id, signal);
    const isOurs = event?.request.agentId === exampleClientName || traceIds.includes(event?.traceId ?? '');
    if (isOurs) await resolveGroup(page, id, signal);
  }
}
