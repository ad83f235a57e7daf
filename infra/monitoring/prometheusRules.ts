import type { AlertGroup, AlertRule, AlertSeverity } from './alertRule.ts';

/** How rules are written for Prometheus. */
export interface PrometheusRulesOptions {
  /** Where the runbooks are: a page's address is this, a slash, and the alert's name. */
  readonly runbookBaseUrl: string;
  /**
   * What the waiting times of alerts (`for`) are multiplied by. For tests, which have no hours: a deployment leaves it out.
   * @defaultValue 1
   */
  readonly forScale?: number;
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

/** The address of an alert's runbook. */
export function runbookUrl(alert: string, runbookBaseUrl: string): string {
  return `${runbookBaseUrl}/${alert}`;
}

function prometheusAlert(rule: AlertRule, { runbookBaseUrl, forScale = 1 }: PrometheusRulesOptions): PrometheusAlert {
  const { name, severity, expr, forMinutes, summary, description } = rule;
  return {
    alert: name,
    expr,
    // Prometheus takes whole numbers, of seconds here as far as that goes.
    for: forScale === 1 ? `${forMinutes}m` : `${Math.round(forMinutes * 60_000 * forScale)}ms`,
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookUrl(name, runbookBaseUrl) },
  };
}
