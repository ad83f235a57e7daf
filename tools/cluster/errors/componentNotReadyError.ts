/** Thrown when a component does not get ready in time. */
export class ComponentNotReadyError extends Error {
  override readonly name = 'ComponentNotReadyError';
  readonly component: string;
  readonly logPath: string;
  readonly lastLines: readonly string[];

  constructor(component: string, detail: string, seconds: number, logPath: string, lastLines: readonly string[]) {
    const log = lastLines.length === 0 ? '  (the log is empty)' : lastLines.map((line) => `  ${line}`).join('\n');
    super(
      `${component} was not ready after ${String(Math.round(seconds))} s: ${detail}. Its last lines:\n${log}\n` +
        `All of them: ${logPath}. Running "up" again goes on from here; "down" and "up" start afresh.`,
    );
    this.component = component;
    this.logPath = logPath;
    this.lastLines = lastLines;
  }
}
