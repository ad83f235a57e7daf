/** Numbers of a line at times of its own. */
export interface TimedNumbers {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly lows?: readonly (number | null)[] | undefined;
  readonly highs?: readonly (number | null)[] | undefined;
}

/** Numbers at times that all lines have in common. */
export interface AlignedNumbers {
  /** `undefined` at times of other lines: the line goes on. `null` where nothing is known: it is broken. */
  readonly values: readonly (number | null | undefined)[];
  readonly lows?: readonly (number | null | undefined)[];
  readonly highs?: readonly (number | null | undefined)[];
}

/** What lines are drawn from. */
export interface AlignedLines {
  readonly timesMillis: readonly number[];
  readonly lines: readonly AlignedNumbers[];
}

/** Puts lines with times of their own beside each other, without making up a number. */
export function alignedLines(lines: readonly TimedNumbers[]): AlignedLines {
  const timesMillis = [...new Set(lines.flatMap(({ times }) => times))].sort((a, b) => a - b);
  const places = new Map(timesMillis.map((time, index) => [time, index]));
  return {
    timesMillis,
    lines: lines.map(({ times, values, lows, highs }) => {
      const placed = (numbers: readonly (number | null)[]): (number | null | undefined)[] => {
        const row = new Array<number | null | undefined>(timesMillis.length).fill(undefined);
        for (const [index, time] of times.entries()) row[places.get(time) ?? 0] = numbers[index];
        return row;
      };
      return { values: placed(values), ...(lows && { lows: placed(lows) }), ...(highs && { highs: placed(highs) }) };
    }),
  };
}
