import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { workloadsOf } from '../../../policies/kubernetes/workloads.ts';
import { probeViolations } from '../../../policies/rules/workload/containerProbes.ts';
import { resourceViolations } from '../../../policies/rules/workload/containerResources.ts';

const directory = new URL('../../../examples/checkout/kubernetes/', import.meta.url);

/** The containers of every workload of the example, each with a name to be found by. */
const containers = readdirSync(directory).flatMap((file) =>
  parseAllDocuments(readFileSync(new URL(file, directory), 'utf8')).flatMap((document) => {
    const type = `kubernetes:${String(document.get('apiVersion'))}:${String(document.get('kind'))}`;
    return workloadsOf(type, document.toJS()).flatMap((workload) =>
      workload.containers.map((container) => [`${file}: ${workload.kind}, ${container.name}`, container] as const),
    );
  }),
);

// The example is applied without Pulumi (ADR 5), so that the policy pack itself never sees it.
describe('the rules of the policy pack, on the manifests of the example', () => {
  it('see the containers of the four workloads', () => {
    expect(containers.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^20-postgres\.yaml: /),
        expect.stringMatching(/^30-redis\.yaml: /),
        expect.stringMatching(/^40-orders\.yaml: /),
        expect.stringMatching(/^50-storefront\.yaml: /),
      ]),
    );
  });

  it.each(containers)('find nothing wrong with %s', (_name, { longRunning, spec }) => {
    expect(resourceViolations(spec)).toEqual([]);
    expect(longRunning ? probeViolations(spec) : []).toEqual([]);
  });
});
