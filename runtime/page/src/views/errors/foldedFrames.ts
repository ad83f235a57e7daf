import type { ShownFrame } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';

/** Frames that follow each other and are all the application's own, or all of libraries. */
export interface FrameRun {
  readonly isOwn: boolean;
  readonly frames: readonly ShownFrame[];
}

/** The frames of a stack in runs: those of libraries are folded, unless there are no others. */
export function frameRuns(frames: readonly ShownFrame[]): readonly FrameRun[] {
  const hasOwn = frames.some(({ isInApplication }) => isInApplication);
  const runs: { readonly isOwn: boolean; readonly frames: ShownFrame[] }[] = [];
  for (const frame of frames) {
    const isOwn = !hasOwn || frame.isInApplication;
    const last = runs.at(-1);
    if (last?.isOwn === isOwn) last.frames.push(frame);
    else runs.push({ isOwn, frames: [frame] });
  }
  return runs;
}
