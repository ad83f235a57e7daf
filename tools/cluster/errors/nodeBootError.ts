/** Thrown when the cluster's first process ended before it could start the components. */
export class NodeBootError extends Error {
  override readonly name = 'NodeBootError';
  readonly logPath: string;
  readonly lastLines: readonly string[];

  constructor(detail: string, logPath: string, lastLines: readonly string[], options?: ErrorOptions) {
    const log = lastLines.length === 0 ? '  (nothing was logged)' : lastLines.map((line) => `  ${line}`).join('\n');
    super(`The cluster's node did not boot: ${detail}. Its last lines:\n${log}\nAll of them: ${logPath}.`, options);
    this.logPath = logPath;
    this.lastLines = lastLines;
  }
}
