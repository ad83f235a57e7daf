import type { V1Pod } from '@kubernetes/client-node';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allChecks } from '../../../../tools/validate/allChecks.ts';
import { outcomes } from '../../../../tools/validate/finding.ts';
import { loadChecks } from '../../../../tools/validate/loadChecks.ts';
import { outcomeTitles } from '../../../../tools/validate/report/outcomeTitles.ts';
import { exitCodes } from '../../../../tools/validate/report/report.ts';
import { checkout } from '../../../support/commands.ts';
import { fakeDeployment } from './support/fakeDeployment.ts';

const page = readFileSync(join(checkout, 'docs/validate.md'), 'utf8');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-validate-docs-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function podOf(name: string, image: string): V1Pod {
  return { metadata: { namespace: 'tracing', name }, spec: { containers: [{ name: 'jaeger', image }] } };
}

describe('docs/validate.md', () => {
  it('has an example of a check that does what it says', async () => {
    const example = /^```ts\n(?<code>.*?)^```$/ms.exec(page)?.groups?.['code'] ?? '';
    const file = join(folder, 'imagesOurs.ts');
    writeFileSync(file, example);
    const [check] = await loadChecks([file], allChecks);
    const pods = [podOf('agent', 'registry.example.com/agent:1'), podOf('query', 'docker.io/query:1')];
    const signal = new AbortController().signal;
    const deployment = fakeDeployment({ pods: () => Promise.resolve(pods) });
    expect(await check?.run({ deployment, signal })).toEqual([
      {
        subject: 'Pod tracing/agent, container jaeger',
        expected: 'an image of registry.example.com/',
        found: 'registry.example.com/agent:1',
        outcome: 'ok',
      },
      {
        subject: 'Pod tracing/query, container jaeger',
        expected: 'an image of registry.example.com/',
        found: 'docker.io/query:1',
        outcome: 'failed',
        mend: "copy the image there, and name it in the stack's configuration",
      },
    ]);
  });

  it.each(outcomes)('says the exit code of %s', (outcome) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${outcomeTitles[outcome]} `));
    expect(row?.split('|')[2]?.trim()).toBe(String(exitCodes[outcome]));
  });
});
