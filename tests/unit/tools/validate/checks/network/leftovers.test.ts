import { afterEach, expect, it } from 'vitest';
import { removeLeftovers } from '../../../../../../tools/validate/checks/network/flows/leftovers.ts';
import { startApiServer, type ApiServer } from '../../support/apiServer.ts';

const now = Date.UTC(2026, 10, 29, 10);
const labelled = '?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dtracewright-validate';
const isoOf = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const madeBefore = (name: string, minutes: number, others: object = {}) => ({
  metadata: { name, creationTimestamp: isoOf(minutes), ...others },
});

let server: ApiServer | undefined;
afterEach(() => server?.close());

it('deletes the namespaces and pods that a run which was killed has left behind, and no other', async () => {
  server = await startApiServer({
    [`GET /api/v1/namespaces${labelled}`]: {
      items: [
        madeBefore('tracewright-validate-a-stranger', 11),
        madeBefore('tracewright-validate-b-stranger', 9),
        madeBefore('tracewright-validate-c-stranger', 11, { deletionTimestamp: isoOf(1) }),
        madeBefore('somebody', 11),
      ],
    },
    [`GET /api/v1/namespaces/tracing/pods${labelled}`]: {
      items: [madeBefore('tracewright-validate-a-stray', 11, { namespace: 'tracing' })],
    },
  });
  await removeLeftovers(server.kube, ['tracing'], now);
  expect(server.asked.filter((each) => each.startsWith('DELETE')).sort()).toEqual([
    'DELETE /api/v1/namespaces/tracewright-validate-a-stranger',
    'DELETE /api/v1/namespaces/tracing/pods/tracewright-validate-a-stray?gracePeriodSeconds=0',
  ]);
});

it('goes on where nothing may be seen', async () => {
  server = await startApiServer({});
  await expect(removeLeftovers(server.kube, ['tracing'], now)).resolves.toBeUndefined();
  expect(server.asked).toHaveLength(2);
});
