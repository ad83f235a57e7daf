import { useRef, useState } from 'preact/hooks';
import { formatDuration } from '../../components/durations.ts';
import type { TimeRange } from './traceAddress.ts';
import { axisTicks, placeOf } from './waterfallModel.ts';

interface TimeAxisProps {
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
}

/** What is dragged over is less than a slip of the hand. */
const LEAST_SHARE = 0.01;

/** The time above the bars; dragging over it zooms to what was dragged over. Buttons do the same. */
export function TimeAxis({ range, onRange }: TimeAxisProps) {
  const axis = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const shareAt = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = axis.current?.getBoundingClientRect() ?? {};
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  };
  const end = () => {
    setDrag(undefined);
    if (drag === undefined || Math.abs(drag.to - drag.from) < LEAST_SHARE) return;
    const whole = range.to - range.from;
    const [first, last] = drag.from < drag.to ? [drag.from, drag.to] : [drag.to, drag.from];
    onRange({ from: range.from + first * whole, to: range.from + last * whole });
  };
  return (
    <div class="waterfall-head">
      <span class="waterfall-head-name">Span</span>
      <div
        ref={axis}
        class="time-axis"
        aria-hidden="true"
        title="Drag to zoom"
        onPointerDown={(event) => {
          axis.current?.setPointerCapture(event.pointerId);
          const share = shareAt(event);
          setDrag({ from: share, to: share });
        }}
        onPointerMove={(event) => drag && setDrag({ from: drag.from, to: shareAt(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        {axisTicks(range).map((tick) => {
          const left = placeOf(tick, 0, range)?.left ?? 0;
          return (
            <span key={tick} class={`tick${left > 90 ? ' is-last' : ''}`} style={{ left: `${left}%` }}>
              {formatDuration(tick / 1000)}
            </span>
          );
        })}
        {drag && (
          <span
            class="axis-drag"
            style={{
              left: `${Math.min(drag.from, drag.to) * 100}%`,
              width: `${Math.abs(drag.to - drag.from) * 100}%`,
            }}
          />
        )}
      </div>
    </div>
  );
}
