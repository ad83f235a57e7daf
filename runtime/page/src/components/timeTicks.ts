const DAY_SECONDS = 86_400;

/** Times beneath a chart: as fine as their distance is, with the day where it changes. In the viewer's time. */
export function timeTicks(seconds: readonly number[], distanceSeconds: number): string[] {
  let dayBefore: string | undefined;
  return seconds.map((each) => {
    const time = new Date(each * 1000);
    const day = `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
    if (distanceSeconds >= DAY_SECONDS) return day;
    const minutes = `${two(time.getHours())}:${two(time.getMinutes())}`;
    const clock = distanceSeconds < 60 ? `${minutes}:${two(time.getSeconds())}` : minutes;
    const isNewDay = dayBefore !== undefined && day !== dayBefore;
    dayBefore = day;
    return isNewDay ? `${clock}\n${day}` : clock;
  });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
