// @spec S1.7
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { ProbePod } from './support/attack/probePod.ts';
import { expectedPorts } from '../support/expectedPorts.ts';
import { portKey, seeCluster, type SeenCluster } from './support/ports/placedSockets.ts';
import { statusFrom } from './support/ports/statusFrom.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const { namespace } = readStackOutputs(inject('up')['outputs']);
const expected = new Map(expectedPorts.map((port) => [portKey(port), port]));
/** What nobody gets without credentials. */
const tried = [
  ['machine forwarder TCP *', 'https://127.0.0.1:PORT/api/v1/secrets'],
  ['machine page-gateway TCP *', 'http://127.0.0.1:PORT/api/v1/overview'],
  ['node kube-apiserver TCP 6443', 'https://127.0.0.1:PORT/api/v1/secrets'],
  ['node kubelet TCP 10250', 'https://127.0.0.1:PORT/pods'],
] as const;
const resources = new AsyncDisposableStack();
let seen: SeenCluster;
let stranger: ProbePod;

beforeAll(async () => {
  const strangers = resources.use(await ApplicationNamespace.create(kube, 'ports-stranger'));
  stranger = await ProbePod.start(kube, { name: 'stranger', namespace: strangers.name, labels: {} });
  seen = await seeCluster(kube, { name: testCluster, checkout }, [namespace, 'checkout', 'kube-system']);
});
afterAll(() => resources.disposeAsync());

test('what listens is what the table of ports has, and nothing else', () => {
  expect([...new Set(seen.sockets.map(portKey))].sort()).toEqual([...expected.keys()].sort());
});

test('what is for the programs beside it listens on loopback, and so does all of the machine', () => {
  const elsewhere = seen.sockets.filter(
    (socket) =>
      (socket.where === 'machine' || expected.get(portKey(socket))?.access === 'loopback') && !socket.isLoopback,
  );
  expect(elsewhere).toEqual([]);
});

test('what only peers of a policy may reach, a stranger does not; what is open or asks who he is, he does', async () => {
  const targets = seen.sockets.flatMap((socket) =>
    socket.hostAddress !== undefined && socket.protocol === 'TCP' && !socket.isLoopback
      ? [{ host: socket.hostAddress, port: socket.number, key: portKey(socket) }]
      : [],
  );
  const reached = await stranger.probe(targets);
  const answers = targets.map(({ key }, index) => [key, reached[index]]);
  const letIn: readonly unknown[] = ['open', 'authenticated'];
  expect(answers).toEqual(targets.map(({ key }) => [key, letIn.includes(expected.get(key)?.access)]));
  expect(new Set(reached)).toEqual(new Set([true, false]));
  const onNodes = new Set(targets.map(({ key }) => key).filter((key) => key.startsWith('node ')));
  expect([...onNodes].sort()).toEqual([
    'node kube-apiserver TCP 6443',
    'node kube-router TCP 20244',
    'node kubelet TCP 10250',
  ]);
});

test.each(tried)('%s asks who somebody is', async (key, address) => {
  expect(expected.get(key)?.access).toBe('authenticated');
  const pid = key.startsWith('machine') ? process.pid : seen.nodePid;
  const sockets = seen.sockets.filter((socket) => portKey(socket) === key);
  expect(sockets).not.toEqual([]);
  for (const { number } of sockets)
    expect([401, 403]).toContain(await statusFrom(pid, address.replace('PORT', String(number))));
});

test('each port that asks who somebody is has been tried', () => {
  const asking = expectedPorts.filter(({ access }) => access === 'authenticated').map(portKey);
  expect(asking).toEqual(tried.map(([key]) => key));
});
