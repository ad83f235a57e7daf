import { readFileSync } from 'node:fs';

/** By the beginning of a series: its value in the so-many-th scrape. */
export type Moves = Readonly<Record<string, (scrape: number) => number>>;

/** A counter that grows by so much between scrapes. */
export const grows =
  (step: number): ((scrape: number) => number) =>
  (scrape) =>
    step * scrape;

/** A gauge that stays, or a counter that does. */
export const stays =
  (value: number): (() => number) =>
  () =>
    value;

/**
 * A recorded exposition in which some series move.
 *
 * @param name - `tests/fixtures/expositions/NAME.txt`
 * @throws Error where nothing of the recording begins so: what moves must have been there.
 */
export function movedExposition(name: string, moves: Moves): (scrape: number) => string {
  const recorded = readFileSync(new URL(`../../../fixtures/expositions/${name}.txt`, import.meta.url), 'utf8');
  const lines = recorded.split('\n').filter((line) => line !== '');
  for (const start of Object.keys(moves))
    if (!lines.some((line) => line.startsWith(start))) throw new Error(`${name} has no series ${start}`);
  return (scrape) => lines.map((line) => `${moved(line, moves, scrape)}\n`).join('');
}

function moved(line: string, moves: Moves, scrape: number): string {
  const [, move] = Object.entries(moves).find(([start]) => line.startsWith(start)) ?? [];
  return move === undefined ? line : `${line.slice(0, line.lastIndexOf(' '))} ${move(scrape)}`;
}
