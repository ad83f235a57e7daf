import { formatTime, Time } from '../../components/Time.tsx';

/** Something that happened at a time of a course. */
export interface CourseMark {
  readonly atMillis: number;
  /** What, in a few words. */
  readonly text: string;
  readonly isBad?: boolean;
}

interface CourseBarsProps {
  /** What is counted; read aloud with the sum and the peak. */
  readonly label: string;
  readonly startMillis: number;
  readonly sliceMillis: number;
  readonly values: readonly number[];
  /** Said below, and shown as lines. */
  readonly marks?: readonly CourseMark[];
}

const WIDTH = 1000;
const HEIGHT = 80;
const MOST_MARKS = 8;

/** How errors came over time, with what happened meanwhile. */
export function CourseBars({ label, startMillis, sliceMillis, values, marks = [] }: CourseBarsProps) {
  const endMillis = startMillis + values.length * sliceMillis;
  const inside = marks.filter(({ atMillis }) => atMillis >= startMillis && atMillis < endMillis);
  const peak = Math.max(1, ...values);
  const sum = values.reduce((total, value) => total + value, 0);
  const width = WIDTH / Math.max(1, values.length);
  return (
    <figure class="course">
      <svg
        class="bars course-bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${sum} in all, ${peak} at the most in a bar`}
      >
        {values.map((value, index) => {
          const height = value === 0 ? 0 : Math.max(2, (value / peak) * HEIGHT);
          const fromMillis = startMillis + index * sliceMillis;
          return (
            <g key={index}>
              <rect x={index * width} y={HEIGHT - height} width={Math.max(0.5, width - 2)} height={height} />
              {/* All of the slice tells its number, where there is no bar, too. */}
              <rect class="course-slice" x={index * width} y={0} width={width} height={HEIGHT}>
                <title>{`${value} from ${formatTime(fromMillis)} to ${formatTime(fromMillis + sliceMillis)}`}</title>
              </rect>
            </g>
          );
        })}
        {inside.map(({ atMillis, text, isBad }) => {
          const x = ((atMillis - startMillis) / (endMillis - startMillis)) * WIDTH;
          return (
            <line
              key={`${atMillis} ${text}`}
              class={isBad ? 'course-mark is-bad' : 'course-mark'}
              x1={x}
              x2={x}
              y1={0}
              y2={HEIGHT}
            >
              <title>{`${text}, ${formatTime(atMillis)}`}</title>
            </line>
          );
        })}
      </svg>
      <figcaption class="course-scale hint">
        <span title={formatTime(startMillis)}>
          <Time millis={startMillis} />
        </span>
        <span>at most {peak === 1 && sum === 0 ? 0 : peak} in a bar</span>
        <span>now</span>
      </figcaption>
      {inside.length > 0 && (
        <ul class="course-marks hint">
          {inside.slice(-MOST_MARKS).map(({ atMillis, text, isBad }) => (
            <li key={`${atMillis} ${text}`}>
              <span class={isBad ? 'course-key is-bad' : 'course-key'} aria-hidden="true" />
              {text}, <Time millis={atMillis} />
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
