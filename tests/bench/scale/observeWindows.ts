import { observe, type Observation } from '../figure.ts';
import { components, type Window } from './window.ts';

/** What is of interest about some windows, beside a figure. */
export function observeWindows(name: string, windows: readonly Window[]): readonly Observation[] {
  const of = (what: string, unit: string, read: (window: Window) => number): Observation =>
    observe(`${name}: ${what}`, windows.map(read), unit);
  const used = components.filter((component) => windows.some((window) => window.cpuSecondsPerMillion[component] > 0));
  return [
    of('spans stored a second', 'spans/s', ({ spansPerSecond }) => spansPerSecond),
    ...[...used, 'all' as const].map((component) =>
      of(`processor time of a million spans, ${component}`, 's', (window) => window.cpuSecondsPerMillion[component]),
    ),
    of('processors idle', 'share', ({ idleShare }) => idleShare),
  ];
}
