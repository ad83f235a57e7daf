/** One row of what `describeTracingConfig` says. */
export interface SettingInForce {
  /** Path of the option, such as `agent.port`; for a variable that no setting has, its name. */
  readonly option: string;
  /** The value as text, secrets masked. */
  readonly value: string;
  /** Where it comes from: `options`, the name of a variable, `stack outputs: <path>` or `default`; or why it is ignored. */
  readonly source: string;
  /** Whether it is in force. Where it is not, it was given, and something stronger or another exporter came before it. */
  readonly inForce: boolean;
}
