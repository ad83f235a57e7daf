/** ISO 8601 in UTC. A clock that is off by aeons is shown as the beginning of time. */
export function isoTime(wallMillis: number): string {
  // eslint-disable-next-line no-restricted-globals -- writes a time; no clock is read
  const date = new Date(wallMillis);
  // eslint-disable-next-line no-restricted-globals -- likewise
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}

/** Milliseconds since 1970 of what `isoTime` wrote; 0 for what is no time. */
export function isoMillis(isoTime: string): number {
  // eslint-disable-next-line no-restricted-globals -- reads a text; no clock is read
  const millis = Date.parse(isoTime);
  return Number.isNaN(millis) ? 0 : millis;
}
