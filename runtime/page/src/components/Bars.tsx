/** One bar: a slice of time, and how many there were. */
export interface Bar {
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly value: number;
}

interface BarsProps {
  /** What is counted; read aloud with the sum and the peak. */
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly isBad?: boolean;
  /** Room for so many bars: fewer ones stand at its end, where now is. @defaultValue as many as there are */
  readonly slots?: number;
  /**
   * Says a bar's value, where it is a rate or a share: these are not added up.
   * @defaultValue a count; read aloud with the sum of all
   */
  readonly format?: (value: number) => string;
}

const WIDTH = 600;
const HEIGHT = 60;

/** How something is spread over time, small: no axes, the numbers behind each bar. */
export function Bars({ label, bars, isBad, format, slots = 0 }: BarsProps) {
  const highest = Math.max(0, ...bars.map(({ value }) => value));
  // A count of 1 among zeros is not drawn as high as could be; a share is never 1.
  const peak = format === undefined ? Math.max(1, highest) : highest || 1;
  const room = Math.max(1, bars.length, slots);
  const width = WIDTH / room;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${inWords(bars, highest, format)}`}
    >
      {bars.map(({ fromMillis, toMillis, value }, index) => {
        const height = value === 0 ? 0 : Math.max(2, (value / peak) * HEIGHT);
        return (
          <rect
            key={fromMillis}
            class={isBad ? 'is-bad' : undefined}
            x={(room - bars.length + index) * width}
            y={HEIGHT - height}
            width={Math.max(0.5, width - 1)}
            height={height}
          >
            <title>{`${format?.(value) ?? value} from ${new Date(fromMillis).toLocaleTimeString()} to ${new Date(toMillis).toLocaleTimeString()}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function inWords(bars: readonly Bar[], highest: number, format: BarsProps['format']): string {
  if (format !== undefined) return `${format(bars.at(-1)?.value ?? 0)} now, ${format(highest)} at the most`;
  const sum = bars.reduce((total, { value }) => total + value, 0);
  return `${sum} in all, ${highest} at the most`;
}
