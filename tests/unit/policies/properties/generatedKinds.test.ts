import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { workloadKinds as kindsWithPods } from '../../../../policies/kubernetes/workloads.ts';
import { customKinds, otherKinds, workloadKinds } from '../../../support/kubernetesKinds.ts';

const policies = fileURLToPath(new URL('../../../../policies', import.meta.url));

/** The kinds that the code of the policies asks for, with their groups. */
function kindsAskedFor(): readonly string[] {
  const files = ['rules', 'kubernetes'].flatMap((folder) =>
    readdirSync(join(policies, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(policies, folder, file),
    ),
  );
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\.is\('(\w+)', '([^']*)'\)/g)])
    .map(([, kind = '', group = '']) => `${group}/${kind}`);
}

// Rules that are asked about no object of their kind would keep every promise.
it('objects are generated of every kind that a rule asks for', () => {
  const generated = [...workloadKinds, ...otherKinds, ...customKinds].map(({ apiVersion, kind }) =>
    apiVersion.includes('/') ? `${apiVersion.replace(/\/.*/, '')}/${kind}` : `/${kind}`,
  );
  const asked = kindsAskedFor();
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((kind) => !generated.includes(kind))).toEqual([]);
});

it('objects are generated of every kind that makes pods', () => {
  expect(workloadKinds.map(({ kind }) => kind).sort()).toEqual([...kindsWithPods].sort());
});
