import type { ResolutionChange, ResolutionState } from '../../errorGroupSnapshot.ts';
import type { SavedResolution } from '../saved/savedErrorGroups.ts';
import { IllegalResolutionError } from './illegalResolutionError.ts';
import { ResolutionHistory } from './resolutionHistory.ts';
import { resolutionsAfter } from './resolutionRules.ts';

/** What is known of a change of a group's state, beside from where to where. */
export interface ChangeDetails extends Omit<ResolutionChange, 'from' | 'to'> {
  /** By a clock that never goes back. */
  readonly nowMillis: number;
  /** The place of `release` in the order of releases. */
  readonly releasePlace?: number | undefined;
  /** Ignored until this moment, by a clock that never goes back. */
  readonly untilMillis?: number | undefined;
  /** Ignored until the group's count is this high. */
  readonly untilTotal?: number | undefined;
}

/** Where a group is, and how it came there. */
export class Resolution {
  #state: ResolutionState = 'open';
  #isRegressed = false;
  #regressedMillis: number | undefined;
  #isTouched = false;
  #openedMillis: number;
  #changedMillis: number;
  #releasePlace: number | undefined;
  #untilMillis: number | undefined;
  #untilTotal: number | undefined;
  readonly history = new ResolutionHistory();

  constructor(nowMillis: number) {
    this.#openedMillis = nowMillis;
    this.#changedMillis = nowMillis;
  }

  get state(): ResolutionState {
    return this.#state;
  }

  /** Whether it came back by itself after it was resolved, and was not resolved since. */
  get isRegressed(): boolean {
    return this.#isRegressed;
  }

  /** When it came back by itself last after it was resolved, be it resolved again since. */
  get regressedMillis(): number | undefined {
    return this.#regressedMillis;
  }

  /** When it was seen first, or came back after it was resolved. That somebody opened it again takes its resolution back. */
  get openedMillis(): number {
    return this.#openedMillis;
  }

  get changedMillis(): number {
    return this.#changedMillis;
  }

  /** Until when it is ignored, by a clock that never goes back. */
  get untilMillis(): number | undefined {
    return this.#untilMillis;
  }

  /** Whether somebody has ever changed it. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** Whether something was noted with the last change. */
  get hasNote(): boolean {
    return this.history.newest?.note !== undefined;
  }

  get bytes(): number {
    return this.history.bytes;
  }

  /** Somebody wants to change it. @throws IllegalResolutionError where the state does not follow the one it is in */
  check(groupId: string, to: ResolutionState): void {
    if (!resolutionsAfter(this.#state).includes(to)) throw new IllegalResolutionError(groupId, this.#state, to);
  }

  /** Somebody changes it. @throws IllegalResolutionError where the state does not follow the one it is in; it stays as it is */
  change(groupId: string, to: ResolutionState, details: ChangeDetails): void {
    this.check(groupId, to);
    this.#isTouched = true;
    this.#enter(to, details);
  }

  /**
   * Whether an error that happens now opens the group again: where it is resolved, unless it is of an older release than the
   * one it is resolved in; where it is ignored, if that is over.
   *
   * @param releasePlace - of the error's release, in the order of releases; `undefined` where it is not known
   * @param total - the group's count with it
   */
  isOpenedBy(nowMillis: number, total: number, releasePlace: number | undefined): boolean {
    if (this.#state === 'ignored')
      return (this.#untilTotal !== undefined && total >= this.#untilTotal) || this.isIgnoredTooLong(nowMillis);
    if (this.#state !== 'resolved') return false;
    return this.#releasePlace === undefined || releasePlace === undefined || releasePlace >= this.#releasePlace;
  }

  /** Whether the time for which it is ignored is over. */
  isIgnoredTooLong(nowMillis: number): boolean {
    return this.#state === 'ignored' && this.#untilMillis !== undefined && nowMillis >= this.#untilMillis;
  }

  /** As it is, with times of the wall clock, which is so much ahead of the one that never goes back. */
  saved(wallAhead: number): SavedResolution {
    return {
      state: this.#state,
      isRegressed: this.#isRegressed,
      isTouched: this.#isTouched,
      openedMillis: this.#openedMillis + wallAhead,
      changedMillis: this.#changedMillis + wallAhead,
      ...(this.#untilMillis !== undefined && { untilMillis: this.#untilMillis + wallAhead }),
      ...(this.#untilTotal !== undefined && { untilTotal: this.#untilTotal }),
      history: this.history.list(),
      historyLeftOut: this.history.leftOut,
    };
  }

  /** Is as it was saved, with times of the clock that never goes back. */
  putBack(saved: SavedResolution): void {
    this.#state = saved.state;
    this.#isRegressed = saved.isRegressed;
    this.#isTouched = saved.isTouched;
    this.#regressedMillis = saved.isRegressed ? saved.openedMillis : undefined;
    this.#openedMillis = saved.openedMillis;
    this.#changedMillis = saved.changedMillis;
    this.#untilMillis = saved.untilMillis;
    this.#untilTotal = saved.untilTotal;
    this.history.putBack(saved.history, saved.historyLeftOut);
  }

  /** The order of releases is another one: gives the one that it is resolved in its place, where it is in one. */
  placeRelease(placeOf: (release: string) => number): void {
    const release = this.#state === 'resolved' ? this.history.newest?.release : undefined;
    this.#releasePlace = release === undefined ? undefined : placeOf(release);
  }

  /** It opens by itself: it came back, or is not ignored any more. */
  openByItself(details: ChangeDetails): void {
    if (this.#state === 'resolved') {
      this.#isRegressed = true;
      this.#openedMillis = details.nowMillis;
      this.#regressedMillis = details.nowMillis;
    }
    this.#enter('open', details);
  }

  #enter(to: ResolutionState, details: ChangeDetails): void {
    const { nowMillis, releasePlace, untilMillis, untilTotal, ...shown } = details;
    if (to === 'resolved') this.#isRegressed = false;
    this.history.add({ from: this.#state, to, ...shown });
    this.#state = to;
    this.#changedMillis = nowMillis;
    this.#releasePlace = releasePlace;
    this.#untilMillis = untilMillis;
    this.#untilTotal = untilTotal;
  }
}
