/** How much of a log is asked for. */
export interface LogLimits {
  readonly tailLines: number;
  readonly limitBytes: number;
}

/**
 * Reads the end of a log, whatever its lines are long. The kubelet goes back `tailLines` lines and stops after
 * `limitBytes` from there, so that an answer of that length lacks the newest lines: fewer are asked for then, a quarter
 * each time, down to one.
 * @param seen - Takes each answer, so that there is one when time runs out.
 */
export async function readTail(
  ask: (limits: LogLimits) => Promise<string>,
  { tailLines, limitBytes }: LogLimits,
  seen: (text: string) => void = () => undefined,
): Promise<string> {
  for (let lines = tailLines; ; lines = Math.max(1, Math.floor(lines / 4))) {
    const text = await ask({ tailLines: lines, limitBytes });
    seen(text);
    if (lines === 1 || Buffer.byteLength(text) < limitBytes) return text;
  }
}
