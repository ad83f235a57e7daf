import { type ChartLine, type ChartProps, formatChartTime } from './chartContract.ts';

/** The numbers of a chart, the latest first. */
export function ChartNumbers({
  label,
  timesMillis,
  lines,
  format,
}: Pick<ChartProps, 'label' | 'timesMillis' | 'lines' | 'format'>) {
  const indices = timesMillis.map((_, index) => index).reverse();
  return (
    <div class="table-scroller chart-numbers" tabIndex={0} role="region" aria-label={label}>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Time</th>
            {lines.map((line, index) => (
              <th key={`${index} ${line.label}`} scope="col" class="number">
                <bdi>{line.label}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indices.map((index) => (
            <tr key={timesMillis[index]}>
              <th scope="row">{formatChartTime(timesMillis[index] ?? 0)}</th>
              {lines.map((line, place) => (
                <td key={`${place} ${line.label}`} class="number">
                  {shown(line, index, format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Nothing at times of other lines; a dash where nothing is known. */
function shown({ values, lows, highs }: ChartLine, index: number, format: (value: number) => string): string {
  const [value, low, high] = [values[index], lows?.[index], highs?.[index]];
  if (value === undefined) return '';
  if (value === null) return '–';
  if (low == null || high == null || (low === value && high === value)) return format(value);
  return `${format(value)} (${format(low)} to ${format(high)})`;
}
