import { formatTime } from './Time.tsx';

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** One for each time; `null` where nothing is known: the line has a gap there. `undefined` where the time is another line's. */
  readonly values: readonly (number | null | undefined)[];
  /** The smallest and the largest that each value stands for. */
  readonly lows?: readonly (number | null | undefined)[];
  readonly highs?: readonly (number | null | undefined)[];
}

/** What a chart shows. */
export interface ChartProps {
  /** What is drawn, with its unit. */
  readonly label: string;
  /** Milliseconds since 1970, rising. */
  readonly timesMillis: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Beside the lines, where it has to be short. @defaultValue `format` */
  readonly formatAxis?: (value: number) => string;
  /** Whether round numbers are powers of two, as of bytes. @defaultValue false */
  readonly isBinary?: boolean;
  readonly heightPixels?: number;
  /** Where it begins and ends, whatever there is to draw. @defaultValue with the lines */
  readonly fromMillis?: number;
  readonly toMillis?: number;
  /** Points in time with a name, such as a deploy. */
  readonly marks?: readonly { readonly atMillis: number; readonly label: string }[];
  /** Values that must not be reached. */
  readonly limits?: readonly { readonly value: number; readonly label: string }[];
  /** Times of which nothing is known: shaded. Why is said by whoever draws the chart. */
  readonly gaps?: readonly { readonly fromMillis: number; readonly toMillis: number }[];
  /** A span of time was chosen by dragging, or by the keyboard. */
  readonly onRange?: (fromMillis: number, toMillis: number) => void;
}

/** A time to the second: what is shown of charts is no finer. */
export function formatChartTime(millis: number): string {
  return formatTime(millis).slice(0, 19);
}
