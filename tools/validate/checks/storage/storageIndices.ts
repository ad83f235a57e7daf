import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { openStorage } from './storageClient.ts';

const indices = z.array(z.object({ index: z.string(), health: z.string().optional(), status: z.string().optional() }));
const settings = z.record(z.string(), z.object({ settings: z.record(z.string(), z.unknown()) }));

/** An index of Jaeger's, and what keeps it from being written. */
export interface FoundIndex {
  readonly name: string;
  /** `close`, or a block such as `index.blocks.read_only_allow_delete`; undefined for one that takes spans. */
  readonly blockedBy?: string | undefined;
}

/** How long indices are kept. */
export interface Retention {
  readonly indexPrefix: string;
  readonly retentionDays: number;
}

const dayMillis = 86_400_000;

/** Indices take spans, and are deleted when their time is over. */
export const storageIndices: Check = {
  id: 'storage-indices',
  component: 'storage',
  title: 'indices of spans take what comes, and none is older than is configured',
  run: async (context) => {
    const [storage, { storage: wanted }] = await Promise.all([openStorage(context), context.deployment.config()]);
    const own = `${wanted.indexPrefix}-jaeger-`;
    // Jaeger's templates are for any text before the prefix: `*PREFIX-jaeger-span-*`.
    const [found, blocks] = await Promise.all([
      storage.get(`/_cat/indices/*${own}*?format=json&h=index,health,status`, indices),
      storage.get(`/${own}*/_settings/index.blocks.*?flat_settings=true`, settings),
    ]);
    const blockedBy = (name: string, status: string | undefined): string | undefined =>
      status === 'close'
        ? 'it is closed'
        : Object.entries(blocks[name]?.settings ?? {}).find(([, value]) => String(value) === 'true')?.[0];
    return judgeIndices(
      wanted,
      found.map(({ index: name, status }) => ({ name, blockedBy: blockedBy(name, status) })),
      Date.now(),
    );
  },
};

/** What is wrong with the indices of a stack at a moment; a young stack has none, which is well. */
export function judgeIndices(
  { indexPrefix, retentionDays }: Retention,
  all: readonly FoundIndex[],
  nowMillis: number,
): Finding[] {
  const isOwn = ({ name }: FoundIndex): boolean => name.startsWith(`${indexPrefix}-jaeger-`);
  const found = all.filter(isOwn);
  const foreign = all
    .filter((index) => !isOwn(index))
    .map(({ name }): Finding => ({
      outcome: 'warning',
      subject: `index ${name}`,
      expected: `no other stack's prefix ends with ${indexPrefix}`,
      found: "it gets this stack's index templates, with their shards and copies",
      mend: 'give one of the two another storage.indexPrefix',
    }));
  const subject = `indices ${indexPrefix}-jaeger-*`;
  const blocked = found.flatMap(({ name, blockedBy }): Finding[] =>
    blockedBy === undefined
      ? []
      : [
          {
            outcome: 'failed',
            subject: `index ${name}`,
            expected: 'takes spans',
            found: blockedBy,
            mend: 'free disk space (delete old indices, or make the disk larger); then set the block to null by PUT /INDEX/_settings',
          },
        ],
  );
  // The cleaner runs once a day, and an index is of a whole day: one day more than is configured is no fault.
  const oldest = nowMillis - (retentionDays + 2) * dayMillis;
  const old = found.flatMap(({ name }): Finding[] => {
    const day = /-(\d{4}-\d{2}-\d{2})$/.exec(name)?.[1];
    if (day === undefined || Date.parse(day) >= oldest) return [];
    return [
      {
        outcome: 'failed',
        subject: `index ${name}`,
        expected: `no index older than ${retentionDays} days`,
        found: `it is of ${day}`,
        mend: 'see why the index cleaner does not run: jobs-succeed, and the log of its last Job',
      },
    ];
  });
  const newest = found
    .map(({ name }) => name)
    .sort()
    .at(-1);
  const seen = newest === undefined ? 'none yet: no span has come' : `${found.length}, the newest ${newest}`;
  const sound: Finding = { outcome: 'ok', subject, expected: 'take spans, none too old', found: seen };
  return [...(blocked.length + old.length === 0 ? [sound] : [...blocked, ...old]), ...foreign];
}
