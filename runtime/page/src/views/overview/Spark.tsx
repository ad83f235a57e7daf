/** A line over time. */
export interface SparkLine {
  readonly label: string;
  /** Place in the order of colours, from 1. */
  readonly colour: 1 | 2 | 3;
  readonly points: readonly { readonly millis: number; readonly value: number }[];
}

interface SparkProps {
  readonly label: string;
  readonly lines: readonly SparkLine[];
  readonly format: (value: number) => string;
  /** The highest value of the scale is at least this. */
  readonly ceiling?: number;
}

const WIDTH = 600;
const HEIGHT = 60;
/** Room for the width of the line. */
const EDGE = 2;

/** Lines without axes: which way it goes. The last values and the highest are said in words. */
export function Spark({ label, lines, format, ceiling = 0 }: SparkProps) {
  const all = lines.flatMap(({ points }) => points);
  const highest = Math.max(ceiling, ...all.map(({ value }) => value));
  const from = Math.min(...lines.flatMap(({ points }) => drawn(points)).map(({ millis }) => millis));
  const to = Math.max(...all.map(({ millis }) => millis));
  const x = (millis: number) => (to === from ? WIDTH : ((millis - from) / (to - from)) * WIDTH);
  const y = (value: number) => HEIGHT - EDGE - (highest === 0 ? 0 : (value / highest) * (HEIGHT - 2 * EDGE));
  const said = lines.map(({ label: name, points }) => {
    const last = points.at(-1);
    const peak = Math.max(...points.map(({ value }) => value));
    return last === undefined ? `${name} not known` : `${name} ${format(last.value)}, at most ${format(peak)}`;
  });
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: ${said.join('; ')}`}
    >
      <title>{said.join('\n')}</title>
      {lines.map(({ label: name, colour, points }) => (
        <polyline
          key={name}
          class={`spark-line spark-${colour}`}
          points={drawn(points)
            .map(({ millis, value }) => `${x(millis).toFixed(1)},${y(value).toFixed(1)}`)
            .join(' ')}
        />
      ))}
    </svg>
  );
}

/** One value is a level, not a point that nobody sees. */
function drawn(points: SparkLine['points']): SparkLine['points'] {
  const [only] = points;
  return points.length === 1 && only ? [{ ...only, millis: only.millis - 1 }, only] : points;
}
