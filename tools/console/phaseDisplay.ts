/** Shows a command's phases as they go. A display only shows: it decides nothing and throws nothing. */
export interface PhaseDisplay {
  begin(phase: string): void;
  /** The newest thing that a running phase is doing. */
  detail(phase: string, text: string): void;
  /** What a running phase waits for until it says otherwise; undefined as soon as it waits for nothing. */
  wait(phase: string, text: string | undefined): void;
  end(phase: string, seconds: number): void;
  fail(phase: string, seconds: number): void;
  /** Waits until everything has been drawn. */
  close(): Promise<void>;
}
