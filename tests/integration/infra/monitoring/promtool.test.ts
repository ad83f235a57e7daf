// @spec S4.5
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { prometheusRules } from '../../../../infra/monitoring/prometheusRules.ts';
import { scrapeConfigs } from '../../../../infra/monitoring/scrapeConfig.ts';
import type { AlertCase, Series } from '../../../fixtures/alerts/alertCase.ts';
import { applicationCases } from '../../../fixtures/alerts/applicationCases.ts';
import { pipelineCases } from '../../../fixtures/alerts/pipelineCases.ts';
import { watchedStack } from '../../../fixtures/alerts/watchedStack.ts';
import { AlertingRoot } from '../../support/alertingRoot.ts';

const rules = prometheusRules(alertGroups(watchedStack), { runbookBaseUrl: 'https://runbooks.example/tracing' });
const cases = [...pipelineCases, ...applicationCases];
let root: AlertingRoot;

beforeAll(async () => {
  root = await AlertingRoot.unpack();
  await root.write('rules.yaml', stringify(rules, { lineWidth: 0 }));
});
afterAll(() => root[Symbol.asyncDispose]());

interface Looked {
  readonly minute: number;
  readonly fires: boolean;
}

/** A test of promtool: whether an alert fires in some minutes of some series. */
function promtoolTest(alert: string, name: string, series: Series, looked: readonly Looked[]): object {
  return {
    name: `${alert}: ${name}`,
    interval: '1m',
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
    promql_expr_test: looked.map(({ minute, fires }) => ({
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: `${minute}m`,
      exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
    })),
  };
}

function testsOf({ alert, broken, pendingAt, firingAt, quiet }: AlertCase): object[] {
  const pending = pendingAt === undefined ? [] : [{ minute: pendingAt, fires: false }];
  return [
    promtoolTest(alert, 'broken', broken, [...pending, { minute: firingAt, fires: true }]),
    ...Object.entries(quiet).map(([name, series]) =>
      promtoolTest(
        alert,
        name,
        series,
        [5, 15, 30, 45].map((minute) => ({ minute, fires: false })),
      ),
    ),
  ];
}

/** One rule by itself, as no rule asks for another: promtool would evaluate all of them for each series. */
function onlyRule(name: string): object {
  const groups = rules.groups.map((group) => ({ ...group, rules: group.rules.filter(({ alert }) => alert === name) }));
  return { groups: groups.filter((group) => group.rules.length > 0) };
}

describe('the rules', () => {
  it('are valid', async () => {
    const { output, status } = await root.promtool('check', 'rules', '--lint-fatal', '/rules.yaml');
    expect({ output, status }).toEqual({
      output: `Checking /rules.yaml\n  SUCCESS: ${cases.length} rules found\n\n`,
      status: 0,
    });
  });

  it('have a case each', () => {
    const alerts = rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    expect(cases.map(({ alert }) => alert).sort()).toEqual(alerts.sort());
  });

  it.each(cases)('fire and keep quiet as they should: $alert', async (alertCase) => {
    const file = `${alertCase.alert}.yaml`;
    const tests = testsOf(alertCase);
    await root.write('rule.yaml', stringify(onlyRule(alertCase.alert), { lineWidth: 0 }));
    await root.write(file, stringify({ rule_files: ['rule.yaml'], evaluation_interval: '1m', tests }));
    const { output, status } = await root.promtool('test', 'rules', `/${file}`);
    expect({ output, status }).toEqual({ output: `Unit Testing:  /${file}\n  SUCCESS\n\n`, status: 0 });
  });
});

describe('the scrape configuration', () => {
  // Debian's build knows no discovery in Kubernetes; alertsFire.timed.test.ts has it relabel what that finds.
  it('is valid, but for the discovery that this promtool does not have', async () => {
    const { scrape_configs } = scrapeConfigs(watchedStack);
    const entries = scrape_configs.map((entry) => ({ ...entry, kubernetes_sd_configs: undefined }));
    await root.write('scrape.yaml', stringify({ scrape_configs: entries }, { lineWidth: 0 }));
    const { output, status } = await root.promtool('check', 'config', '--lint-fatal', '/scrape.yaml');
    expect({ output, status }).toEqual({
      output: 'Checking /scrape.yaml\n SUCCESS: /scrape.yaml is valid prometheus config file syntax\n\n',
      status: 0,
    });
  });

  it('finds pods in the namespaces of the stack, and applications everywhere', () => {
    expect(scrapeConfigs(watchedStack).scrape_configs.map((entry) => entry.kubernetes_sd_configs)).toEqual([
      [{ role: 'pod', namespaces: { names: ['tracing-agent', 'tracing'] } }],
      [{ role: 'pod' }],
    ]);
  });
});
