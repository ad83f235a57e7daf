import { formatDuration } from '../../components/durations.ts';
import type { TimeRange } from './traceAddress.ts';
import { panned, zoomed } from './waterfallModel.ts';

interface ZoomBarProps {
  readonly range: TimeRange;
  readonly durationMicros: number;
  readonly onChange: (range: TimeRange) => void;
}

/** Which part of the trace's time is shown. The axis can be dragged over, too. */
export function ZoomBar({ range, durationMicros, onChange }: ZoomBarProps) {
  const isWhole = range.from <= 0 && range.to >= durationMicros;
  const zoom = (factor: number) => () => onChange(zoomed(range, factor, durationMicros));
  const pan = (share: number) => () => onChange(panned(range, share, durationMicros));
  return (
    <span class="zoom-bar" role="group" aria-label="Time that is shown">
      <button type="button" onClick={zoom(0.5)} aria-label="Zoom in" disabled={range.to - range.from <= 1}>
        +
      </button>
      <button type="button" onClick={zoom(2)} aria-label="Zoom out" disabled={isWhole}>
        −
      </button>
      <button type="button" onClick={pan(-0.5)} aria-label="Earlier" disabled={range.from <= 0}>
        ←
      </button>
      <button type="button" onClick={pan(0.5)} aria-label="Later" disabled={range.to >= durationMicros}>
        →
      </button>
      <button type="button" onClick={() => onChange({ from: 0, to: durationMicros })} disabled={isWhole}>
        Whole
      </button>
      {!isWhole && (
        <span class="hint">
          {formatDuration(range.from / 1000)} to {formatDuration(range.to / 1000)}
        </span>
      )}
    </span>
  );
}
