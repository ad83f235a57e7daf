import type { AlertGroup, AlertRule, AlertSeverity } from './alertRule.ts';
import { runbookUrl } from './runbookPages.ts';

/** How rules are written for Prometheus. */
export interface PrometheusRulesOptions {
  /** Where the runbooks are: `monitoring.runbookBaseUrl`. */
  readonly runbookBaseUrl: string;
}

/** A rule, as Prometheus reads it. */
export interface PrometheusAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: AlertSeverity };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook_url', string>>;
}

/** A file of rules, and the `spec` of a PrometheusRule. */
export interface PrometheusRules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly PrometheusAlert[] }[];
}

/** Alerts as Prometheus reads them. */
export function prometheusRules(groups: readonly AlertGroup[], options: PrometheusRulesOptions): PrometheusRules {
  return {
    groups: groups.map(({ name, rules }) => ({ name, rules: rules.map((rule) => prometheusAlert(rule, options)) })),
  };
}

function prometheusAlert(rule: AlertRule, { runbookBaseUrl }: PrometheusRulesOptions): PrometheusAlert {
  const { name, severity, expr, forMinutes, summary, description } = rule;
  return {
    alert: name,
    expr,
    for: `${forMinutes}m`,
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookUrl(name, runbookBaseUrl) },
  };
}
