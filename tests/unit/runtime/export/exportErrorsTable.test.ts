import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { exportErrors } from '../../../../runtime/src/export/exportErrors.ts';
import { groupId, MINUTE, testedGroups } from '../errors/groups/support/groupsFixture.ts';
import { parseCsv } from './parseCsv.ts';

/** The only group of an export as CSV, by the names of the columns. */
async function exported({ groups }: ReturnType<typeof testedGroups>): Promise<Record<string, string | undefined>> {
  const [header = [], row = []] = parseCsv(await text(exportErrors(groups, { format: 'csv' })));
  return Object.fromEntries(header.map((name, index) => [name, row[index]]));
}

it('a group that spikes is exported with what came, what was expected and how likely that is', async () => {
  const tested = testedGroups();
  for (let minute = 0; minute < 10; minute += 1) {
    tested.add('1');
    tested.host.advance(MINUTE);
  }
  tested.addMany('1', 30);
  tested.host.advance(MINUTE);
  const { spike } = tested.group('1');
  expect(await exported(tested)).toMatchObject({
    spike_count: '30',
    spike_expected: '1',
    spike_p_value: String(spike?.pValue),
  });
});

it('a group is exported with the newest of its traces', async () => {
  const tested = testedGroups();
  tested.add('1', { traceId: 'a'.repeat(32), sampled: true });
  tested.add('1', { traceId: 'b'.repeat(32), sampled: false });
  tested.add('1');
  expect(await exported(tested)).toMatchObject({
    events_kept: '3',
    newest_trace_id: 'b'.repeat(32),
    newest_trace_sampled: 'false',
  });
});

it('a group that came back, and has more users than are told apart, is exported as such', async () => {
  const tested = testedGroups({ maxUsersPerGroup: 1 });
  tested.add('1', { request: { userId: 'ada' } });
  tested.groups.resolve(groupId('1'));
  tested.host.advance(MINUTE);
  tested.add('1', { request: { userId: 'bob' } });
  expect(await exported(tested)).toMatchObject({
    state: 'open',
    regressed: 'true',
    users: '1',
    more_users: 'true',
    first_seen_at: '2026-11-27T00:00:00.000Z',
    last_seen_at: '2026-11-27T00:01:00.000Z',
  });
});
