import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestObjects } from '../../support/manifestObjects.ts';
import { packFindings } from './support/packFindings.ts';

const directory = new URL('../../../examples/checkout/kubernetes/', import.meta.url);
const objects = readdirSync(directory).flatMap((file) =>
  manifestObjects(readFileSync(new URL(file, directory), 'utf8')),
);

// The example is applied without Pulumi (ADR 5), so that the policy pack itself never sees it.
describe('the rules of the policy pack, on the manifests of the example', () => {
  it('see the four workloads', () => {
    const workloads = objects.filter(({ workload }) => workload !== undefined).map(({ name }) => name);
    expect(workloads).toEqual(expect.arrayContaining(['postgres', 'redis', 'orders', 'storefront']));
  });

  it('find nothing wrong', () => {
    expect(packFindings(objects)).toEqual([]);
  });
});
