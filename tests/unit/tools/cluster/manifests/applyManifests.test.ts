import { expect, it } from 'vitest';
import type { ApiObject } from '../../../../../tools/cluster/apiClient.ts';
import { ApiRequestError } from '../../../../../tools/cluster/errors/apiRequestError.ts';
import { applyManifests } from '../../../../../tools/cluster/manifests/applyManifests.ts';

const object = (name: string): ApiObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const late = (): Promise<never> => Promise.reject(new Error('no answer within 5000 ms'));

/** An API that answers as told, one answer after the other, and a clock on which each takes five seconds. */
function apiThat(...answers: readonly (() => Promise<void>)[]) {
  const applied: string[] = [];
  const apply = ({ metadata }: ApiObject): Promise<void> => {
    applied.push(metadata.name);
    return (answers[applied.length - 1] ?? (() => Promise.resolve()))();
  };
  return { api: { apply }, applied, now: () => applied.length * 5000 };
}

it('asks again what was not answered, and nothing else', async () => {
  const { api, applied, now } = apiThat(late, () => Promise.resolve(), late);
  await applyManifests(api, [object('a'), object('b')], { deadline: 60_000, now });
  expect(applied).toEqual(['a', 'b', 'a', 'a']);
});

it('does not ask again what was refused', async () => {
  const refused = new ApiRequestError('PATCH', '/api', 403, 'forbidden');
  const { api, applied, now } = apiThat(() => Promise.reject(refused));
  await expect(applyManifests(api, [object('a')], { deadline: 60_000, now })).rejects.toBe(refused);
  expect(applied).toEqual(['a']);
});

it('asks again where what was not answered is in the way of itself', async () => {
  const refused = () => Promise.reject(new ApiRequestError('PATCH', '/api', 422, 'provided IP is already allocated'));
  const { api, applied, now } = apiThat(late, refused, () => Promise.resolve());
  await applyManifests(api, [object('a')], { deadline: 60_000, now });
  expect(applied).toEqual(['a', 'a', 'a']);
  const first = apiThat(refused);
  await expect(applyManifests(first.api, [object('a')], { deadline: 60_000, now: first.now })).rejects.toThrow('422');
});

it('gives up when the time is over, with what the connection said', async () => {
  const { api, applied, now } = apiThat(late, late, late);
  await expect(applyManifests(api, [object('a')], { deadline: 9000, now })).rejects.toThrow('no answer within 5000 ms');
  expect(applied).toEqual(['a', 'a']);
});

it('ends when it is told to', async () => {
  const { api, applied, now } = apiThat(late, late);
  const signal = AbortSignal.abort(new Error('stopped by SIGINT'));
  await expect(applyManifests(api, [object('a')], { deadline: 60_000, now, signal })).rejects.toThrow('SIGINT');
  expect(applied).toEqual(['a']);
});
