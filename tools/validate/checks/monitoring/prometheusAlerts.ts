import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import type { AlertRule } from '../../../../infra/monitoring/alertRule.ts';
import { monitoredStack, type MonitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { alertsData, askPrometheus, type RaisedAlert } from './askPrometheus.ts';

const watchdog = 'TracewrightWatchdog';

/** No alert is raised but the one that always is. */
export const prometheusAlerts: Check = {
  id: 'prometheus-alerts',
  component: 'monitoring',
  title: 'no alert of the stack fires but the one that always does',
  needs: ['prometheus'],
  run: async ({ deployment, signal }) => {
    const [{ alerts }, config] = await Promise.all([
      askPrometheus(deployment, 'api/v1/alerts', alertsData, signal),
      deployment.config(),
    ]);
    const stack = monitoredStack(config);
    const rules = alertGroups(stack).flatMap(({ rules: own }) => own);
    const { monitoring } = config;
    return rules.map((rule) => judgeAlert(rule, ownAlerts(rule, alerts, stack), monitoring.runbookBaseUrl));
  },
};

/** What is raised of a rule and is about this stack; an application's alerts are everybody's. */
export function ownAlerts(
  { name }: AlertRule,
  alerts: readonly RaisedAlert[],
  { namespace, agentNamespace }: Pick<MonitoredStack, 'namespace' | 'agentNamespace'>,
): readonly RaisedAlert[] {
  const isOfApplications = name.startsWith('Tracewright') && name !== watchdog;
  return alerts.filter(({ labels }) => {
    if (labels['alertname'] !== name) return false;
    return isOfApplications || [namespace, agentNamespace].includes(labels['namespace'] ?? '');
  });
}

/** What it means that an alert is raised, or not. */
export function judgeAlert(rule: AlertRule, raised: readonly RaisedAlert[], runbookBaseUrl: string): Finding {
  const subject = `alert ${rule.name}`;
  const firing = raised.filter(({ state }) => state === 'firing');
  if (rule.name === watchdog) {
    if (firing.length > 0) return { outcome: 'ok', subject, expected: 'fires', found: 'fires' };
    const mend =
      'load the rules of this deployment into Prometheus (check prometheus-rules): no alert gets through without it';
    return { outcome: 'failed', subject, expected: 'fires', found: 'does not fire', mend };
  }
  const expected = 'quiet';
  const [alert = raised[0]] = firing;
  if (alert === undefined) return { outcome: 'ok', subject, expected, found: 'quiet' };
  const runbook = alert.annotations['runbook_url'] ?? `${runbookBaseUrl}/${rule.name}`;
  const since = alert.activeAt === undefined ? '' : ` since ${alert.activeAt}`;
  const more = raised.length > 1 ? `, of ${raised.length} such` : '';
  const found = `${alert.state}${since}${more}: ${alert.annotations['description'] ?? rule.summary}`;
  const isGrave = firing.length > 0 && rule.severity === 'critical';
  return { outcome: isGrave ? 'failed' : 'warning', subject, expected, found, mend: `follow the runbook: ${runbook}` };
}
