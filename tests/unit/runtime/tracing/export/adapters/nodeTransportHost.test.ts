import { expect, it } from 'vitest';
import { nodeTransportHost } from '../../../../../../runtime/src/tracing/export/adapters/nodeTransportHost.ts';
import { FakeHost, settle } from '../../../../../support/fakeHost.ts';

it('goes by the clock of the process that it is given', async () => {
  const process = new FakeHost();
  const host = nodeTransportHost(process);
  let ended = false;
  void host.pause(20).then(() => (ended = true));
  process.advance(19);
  await settle();
  expect([host.monotonicMillis(), ended]).toEqual([19, false]);
  process.advance(1);
  await settle();
  expect([host.monotonicMillis(), ended]).toEqual([20, true]);
});
