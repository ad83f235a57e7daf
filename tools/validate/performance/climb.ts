/** Bounds of a load that grows in steps. */
export interface LoadBounds {
  /** What is offered a second in the first step; each further one has twice as many. */
  readonly first: number;
  /** No step has more. */
  readonly most: number;
  /** How long each step lasts. */
  readonly stepSeconds: number;
}

/** The steps up to the one at which what is loaded, or the machine, said stop. */
export interface Climb<Step> {
  readonly steps: readonly Step[];
  /** Why there is no further step. */
  readonly stoppedBy: string;
  /** What the last step ran into; missing where only the bound ended it. */
  readonly saturated?: string;
}

/** How a load climbs. */
export interface ClimbOptions<Step> {
  /** What is offered, such as `spans`. */
  readonly unit: string;
  readonly signal: AbortSignal;
  /** Loads once, with so many a second. */
  readonly load: (offered: number) => Promise<Step>;
  /** Says how a step went, in a few words. */
  readonly report: (offered: number, step: Step) => void;
  /** Why there is to be no further step; undefined to go on. */
  readonly stopReason: (step: Step) => string | undefined;
  readonly saturated: (step: Step) => string;
}

/** Loads in steps, each twice the one before, until something gives way or the bound is reached. */
export async function climb<Step>({ first, most }: LoadBounds, options: ClimbOptions<Step>): Promise<Climb<Step>> {
  const steps: Step[] = [];
  for (let offered = first; offered <= most; offered *= 2) {
    options.signal.throwIfAborted();
    const step = await options.load(offered);
    steps.push(step);
    options.report(offered, step);
    const reason = options.stopReason(step);
    if (reason !== undefined) return { steps, stoppedBy: reason, saturated: options.saturated(step) };
  }
  return { steps, stoppedBy: `the bound of ${most} ${options.unit} a second` };
}
