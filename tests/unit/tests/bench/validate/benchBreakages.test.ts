import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { CheckResult } from '../../../../../tools/validate/check.ts';
import { jsonReport, jsonReportSchema } from '../../../../../tools/validate/report/jsonReport.ts';
import { alarmsIn } from '../../../../bench/validate/alarmsIn.ts';
import { benchBreakages } from '../../../../bench/validate/benchBreakages.ts';
import type { Breakage } from '../../../../support/validate/breakages.ts';
import type { ValidatedStack, ValidateReport } from '../../../../support/validate/validateStack.ts';
import {
  blindFinding,
  missingFinding,
  resultOf,
  sampleReport,
  soundFinding,
} from '../../../../support/validateReport.ts';

const dev: ValidatedStack = { checkout: '/checkout', cluster: 'bench', name: 'dev', namespace: 'tracing' };
const stacks = { dev, breakable: { ...dev, name: 'breakable', namespace: 'tracing-breakable' } };
const missing = 'objects-present: Deployment tracing/jaeger-collector: missing';

function reportOf(...results: readonly CheckResult[]): ValidateReport {
  return jsonReportSchema.parse(jsonReport(sampleReport({ results })));
}

const sound = reportOf(resultOf('ok', [soundFinding]));
const failed = reportOf(resultOf('failed', [soundFinding, missingFinding]));

/** Stacks whose validate sees what is broken, as long as it sees anything. */
class BreakableStacks {
  readonly events: string[] = [];
  readonly #broken = new Set<string>();
  readonly #sees: (namespace: string) => boolean;

  constructor(sees: (namespace: string) => boolean) {
    this.#sees = sees;
  }

  breakage(name: string, mends = true): Breakage {
    return {
      name,
      stack: 'dev',
      checks: ['objects-present'],
      subject: () => missingFinding.subject,
      apply: (_kube, namespace) => {
        this.events.push(`broken: ${name}`);
        this.#broken.add(namespace);
        return Promise.resolve(() => {
          if (mends) this.#broken.delete(namespace);
          return Promise.resolve();
        });
      },
    };
  }

  bench(breakages: readonly Breakage[]): Promise<readonly string[]> {
    const validate = ({ name, namespace }: ValidatedStack): Promise<ValidateReport> => {
      this.events.push(`validated: ${name}`);
      return Promise.resolve(this.#broken.has(namespace) && this.#sees(namespace) ? failed : sound);
    };
    const report = (): void => undefined;
    return benchBreakages({ kube: new KubeConfig(), breakages, stacks, validate, report });
  }
}

test('both stacks are validated before anything is broken, and the one that was broken after each undo', async () => {
  const cluster = new BreakableStacks(() => true);
  expect(await cluster.bench([cluster.breakage('one'), cluster.breakage('two')])).toEqual([]);
  const round = ['validated: dev', 'validated: dev'];
  expect(cluster.events).toEqual([
    'validated: dev',
    'validated: breakable',
    'broken: one',
    ...round,
    'broken: two',
    ...round,
  ]);
});

test('what validate does not see is not named', async () => {
  const cluster = new BreakableStacks(() => false);
  expect(await cluster.bench([cluster.breakage('one')])).toEqual(['one']);
});

test('what was broken before counts as seen by nobody: the bench ends', async () => {
  const cluster = new BreakableStacks(() => true);
  await cluster.breakage('before').apply(new KubeConfig(), 'tracing-breakable');
  const message = `the stack breakable is not sound while nothing is broken: ${missing}`;
  await expect(cluster.bench([cluster.breakage('one')])).rejects.toThrow(message);
  expect(cluster.events).not.toContain('broken: one');
});

test('what stays broken after its undo ends the bench, as the next would be named through it', async () => {
  const cluster = new BreakableStacks(() => true);
  const message = `the stack dev is not sound while nothing is broken: ${missing}`;
  await expect(cluster.bench([cluster.breakage('one', false), cluster.breakage('two')])).rejects.toThrow(message);
  expect(cluster.events).not.toContain('broken: two');
});

test.each([
  ['a sound stack', sound, []],
  ['what has failed', failed, [missing]],
  [
    'what was not examined',
    reportOf(resultOf('unchecked', [blindFinding])),
    ['unchecked: objects-present: roles-bound: the API server refuses it (403): roles is forbidden'],
  ],
  ['a run that ended early', { ...sound, ended: 'SIGTERM' }, ['it ended before it was done: SIGTERM']],
  ['a run that examined nothing', reportOf(), ['nothing was examined']],
])('alarms of %s are told', (_what, report, alarms) => {
  expect(alarmsIn(report)).toEqual(alarms);
});
