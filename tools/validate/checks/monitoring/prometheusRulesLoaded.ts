import * as z from 'zod';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import type { AlertRule } from '../../../../infra/monitoring/alertRule.ts';
import { monitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { askPrometheus, rulesData, type LoadedRule } from './askPrometheus.ts';

/** Every alert of the stack is evaluated, and is the one that the program makes. */
export const prometheusRulesLoaded: Check = {
  id: 'prometheus-rules',
  component: 'monitoring',
  title: 'Prometheus has loaded every alert of the stack, and evaluates it without an error',
  needs: ['prometheus'],
  run: async ({ deployment, signal }) => {
    const [{ groups }, config] = await Promise.all([
      askPrometheus(deployment, 'api/v1/rules?type=alert', rulesData, signal),
      deployment.config(),
    ]);
    const loaded = groups.flatMap(({ rules }) => rules);
    const own = alertGroups(monitoredStack(config)).flatMap(({ rules }) => rules);
    // Prometheus writes expressions in its own way: it is asked how it would write ours.
    const written = (query: string): Promise<string> =>
      askPrometheus(deployment, `api/v1/format_query?${new URLSearchParams({ query }).toString()}`, z.string(), signal);
    return Promise.all(own.map(async (rule) => judgeRule(rule, await sameRule(rule, loaded, written), loaded)));
  },
};

/** The loaded rule of a name and an expression. Several stacks have alerts of the same names: any of them may be ours. */
async function sameRule(
  { name, expr }: AlertRule,
  loaded: readonly LoadedRule[],
  written: (query: string) => Promise<string>,
): Promise<LoadedRule | undefined> {
  const named = loaded.filter((rule) => rule.name === name);
  if (named.length === 0) return undefined;
  const [ours, ...theirs] = await Promise.all([written(expr), ...named.map(({ query }) => written(query))]);
  return named.find((_, index) => theirs[index] === ours);
}

/**
 * What Prometheus has of an alert.
 *
 * @param own - That of this name with the same expression.
 */
export function judgeRule(
  { name, forMinutes }: AlertRule,
  own: LoadedRule | undefined,
  loaded: readonly LoadedRule[],
): Finding {
  const subject = `alert ${name}`;
  const expected = 'loaded, with the same expression and evaluated without an error';
  const mend =
    'load the rules of the ConfigMap tracewright-monitoring (or of the PrometheusRule) into Prometheus, those of this deployment as they are now';
  if (own === undefined) {
    const found = loaded.some((rule) => rule.name === name) ? 'loaded with another expression' : 'not loaded';
    return { outcome: 'failed', subject, expected, found, mend };
  }
  if (own.health === 'err') {
    const found = `its evaluation fails: ${own.lastError ?? 'no reason is given'}`;
    return { outcome: 'failed', subject, expected, found, mend: "mend what the error names; Prometheus' log has more" };
  }
  if (own.health !== 'ok')
    return {
      outcome: 'warning',
      subject,
      expected,
      found: 'loaded, and not evaluated yet',
      mend: 'look again after the evaluation interval of Prometheus',
    };
  if (own.duration !== undefined && own.duration !== forMinutes * 60)
    return {
      outcome: 'warning',
      subject,
      expected,
      found: `loaded, but waits for ${own.duration} s in place of ${forMinutes * 60} s before it fires`,
      mend,
    };
  return { outcome: 'ok', subject, expected, found: 'so' };
}
