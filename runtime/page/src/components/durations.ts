/** A duration with three digits and the unit that fits. */
export function formatDuration(millis: number): string {
  if (!Number.isFinite(millis)) return '–';
  if (millis < 0) return `−${formatDuration(-millis)}`;
  if (millis === 0) return '0 ms';
  if (millis < 1) return `${digits(millis * 1000)} µs`;
  if (millis < 1000) return `${digits(millis)} ms`;
  if (millis < 60_000) return `${digits(millis / 1000)} s`;
  const seconds = Math.round(millis / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
