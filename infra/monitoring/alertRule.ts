/**
 * How soon somebody has to look. `critical`: spans are being lost, traces cannot be read, or an application fails; `warning`: that is
 * near, or something is worse than it should be; `none`: nobody has to, as of the alert that is always there.
 */
export type AlertSeverity = 'critical' | 'warning' | 'none';

/** An alert, as it is written here: what Prometheus gets is made by `prometheusRules`. */
export interface AlertRule {
  /** Also the name of its page in `docs/runbooks`. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** PromQL: a series for each thing that is wrong. */
  readonly expr: string;
  /** How long the expression must hold, in minutes: longer than what passes by itself, such as a rolling update. */
  readonly forMinutes: number;
  /** One line, for a list. */
  readonly summary: string;
  /** What is wrong, with numbers; a template of Prometheus', with `$labels` and `$value`. */
  readonly description: string;
}

/** Alerts that are evaluated together. */
export interface AlertGroup {
  /** Unique among all of a Prometheus: it begins with `tracewright-`. */
  readonly name: string;
  readonly rules: readonly AlertRule[];
}
