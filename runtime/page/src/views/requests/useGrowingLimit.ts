import { useCallback, useState } from 'preact/hooks';

const STEP = 200;

/** As many as the API gives at once. */
export const MOST_ROWS = 1000;

/** How many rows are asked for: more when the end of those that are there is in sight. */
export function useGrowingLimit(): { readonly limit: number; readonly grow: () => void } {
  const [limit, setLimit] = useState(STEP);
  const grow = useCallback(() => setLimit((now) => Math.min(MOST_ROWS, now + STEP)), []);
  return { limit, grow };
}
