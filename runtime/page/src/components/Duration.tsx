import { formatDuration } from './durations.ts';

/** How long something took or takes. */
export function Duration({ millis }: { readonly millis: number }) {
  return <span class="duration">{formatDuration(millis)}</span>;
}
