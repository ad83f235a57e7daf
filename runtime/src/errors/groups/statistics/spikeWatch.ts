import type { ErrorSpike } from '../../errorGroupSnapshot.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import type { GroupRoom } from '../store/groupRoom.ts';
import { BASELINE_MINUTES } from './minuteCounts.ts';
import { FEWEST_OF_A_SPIKE, spikeIn, spikeLevel } from './spike.ts';

const MINUTE_MILLIS = 60_000;

/** Looks at each group's minutes, each once, when it is over. */
export class SpikeWatch {
  readonly #room: GroupRoom;
  readonly #falseAlarmsPerDay: number;
  /** The first minute that was not looked at. */
  #minute: number;

  constructor(room: GroupRoom, falseAlarmsPerDay: number, nowMillis: number) {
    this.#room = room;
    this.#falseAlarmsPerDay = falseAlarmsPerDay;
    this.#minute = Math.floor(nowMillis / MINUTE_MILLIS);
  }

  /**
   * Looks at every minute that is over and was not looked at: timers are late, and a whole minute may lie between two looks. Of
   * minutes more than an hour ago nothing is known.
   *
   * @returns the groups that began to spike, in each minute that they did
   */
  look(nowMillis: number): readonly (readonly [record: GroupRecord, spike: ErrorSpike])[] {
    const minute = Math.floor(nowMillis / MINUTE_MILLIS);
    if (minute === this.#minute) return [];
    const first = Math.max(this.#minute, minute - BASELINE_MINUTES);
    this.#minute = minute;
    const { store } = this.#room;
    const level = spikeLevel(this.#falseAlarmsPerDay, store.size);
    const begun: (readonly [GroupRecord, ErrorSpike])[] = [];
    for (const record of store.all()) {
      for (let next = first; next < minute; next += 1) {
        const before = record.spike;
        record.spike = spikeOf(record, next, level, nowMillis);
        if (record.spike === undefined || before !== undefined) continue;
        record.spikedMillis = nowMillis;
        begun.push([record, record.spike]);
      }
      record.slices.rollUp(nowMillis);
      store.measure(record);
    }
    return begun;
  }
}

function spikeOf(record: GroupRecord, minute: number, level: number, nowMillis: number): ErrorSpike | undefined {
  const count = record.minutes.of(minute, nowMillis);
  // Most groups are quiet: of thousands only a few have a baseline to be looked at.
  if (count < FEWEST_OF_A_SPIKE) return undefined;
  const spike = spikeIn(count, record.minutes.before(minute, nowMillis), level);
  return spike && Object.freeze(spike);
}
