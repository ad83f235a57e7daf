/** Shows a command's phases as they go. A display only shows: it decides nothing and throws nothing. */
export interface PhaseDisplay {
  begin(phase: string): void;
  /** The newest thing that a running phase is doing or waiting for. */
  detail(phase: string, text: string): void;
  end(phase: string, seconds: number): void;
  fail(phase: string, seconds: number): void;
  /** Waits until everything has been drawn. */
  close(): Promise<void>;
}
