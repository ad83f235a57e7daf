import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from './durations.ts';

/** A point in time in words, seen from another: `4 min ago`, `in 2 h`. */
function formatAgo(millis: number, nowMillis: number): string {
  const ago = nowMillis - millis;
  if (Math.abs(ago) < 1_000) return 'now';
  const rounded = roughly(Math.abs(ago));
  return ago > 0 ? `${rounded} ago` : `in ${rounded}`;
}

/** The one unit that matters. */
function roughly(millis: number): string {
  if (millis < 60_000) return `${Math.floor(millis / 1000)} s`;
  if (millis < 3_600_000) return `${Math.floor(millis / 60_000)} min`;
  if (millis < 86_400_000) return `${Math.floor(millis / 3_600_000)} h`;
  return `${Math.floor(millis / 86_400_000)} d`;
}

/** A point in time as the viewer's clock has it, to the millisecond. */
export function formatTime(millis: number): string {
  const time = new Date(millis);
  if (Number.isNaN(time.getTime())) return 'at no time';
  const two = (value: number, width = 2) => String(value).padStart(width, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${two(time.getMilliseconds(), 3)}`;
}

/** When something was: how long ago, with the exact time behind it. */
export function Time({ millis }: { readonly millis: number }) {
  const nowMillis = useNow();
  const time = new Date(millis);
  return (
    <time dateTime={Number.isNaN(time.getTime()) ? '' : time.toISOString()} title={formatTime(millis)}>
      {formatAgo(millis, nowMillis)}
    </time>
  );
}

/** The time of the viewer's clock, anew each second while somebody looks. */
export function useNow(): number {
  const [nowMillis, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return nowMillis;
}

/** A span of time, up to now for example. */
export function formatSince(millis: number, nowMillis: number): string {
  return formatDuration(Math.max(0, nowMillis - millis));
}
