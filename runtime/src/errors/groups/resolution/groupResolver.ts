import { checkOptions, type OptionKind, type OptionKinds, wholeNumber } from '../../../core/optionKinds.ts';
import { isoTime } from '../../../core/isoTime.ts';
import type { HostProcess } from '../../../core/hostProcess.ts';
import type { TextRedactor } from '../../../core/textRedactor.ts';
import type { GroupOverride, ResolutionState } from '../../errorGroupSnapshot.ts';
import { boundedText, MOST_NAME_LENGTH, MOST_NOTE_LENGTH } from '../store/boundedText.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import type { GroupRoom } from '../store/groupRoom.ts';
import type { ChangeDetails } from './resolution.ts';
import type { ChangeOptions, IgnoreOptions, ResolveOptions } from './resolveOptions.ts';

const YEAR_MILLIS = 365 * 24 * 60 * 60 * 1000;
const TEXT: OptionKind = { allowed: 'a text', accepts: (value) => typeof value === 'string' };

const CHANGE_KINDS: OptionKinds<ChangeOptions> = { by: TEXT, note: TEXT };
const RESOLVE_KINDS: OptionKinds<ResolveOptions> = { ...CHANGE_KINDS, release: TEXT };
const IGNORE_KINDS: OptionKinds<IgnoreOptions> = {
  ...CHANGE_KINDS,
  forMillis: wholeNumber(1, YEAR_MILLIS),
  forCount: wholeNumber(1, 1_000_000_000),
};

const SUBJECT = 'resolution';

/** What a `GroupResolver` needs from outside. */
export interface GroupResolverPorts {
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'wallMillis'>;
  readonly textRedactor: Pick<TextRedactor, 'redact'>;
}

/** Changes the states of groups. */
export class GroupResolver {
  readonly #room: GroupRoom;
  readonly #host: GroupResolverPorts['host'];
  readonly #redactor: GroupResolverPorts['textRedactor'];

  constructor(room: GroupRoom, { host, textRedactor }: GroupResolverPorts) {
    this.#room = room;
    this.#host = host;
    this.#redactor = textRedactor;
  }

  /** @throws ConfigurationError for options that are not allowed, IllegalResolutionError where the state does not follow */
  change(record: GroupRecord, to: 'open' | 'acknowledged', options: ChangeOptions): void {
    checkOptions(options, CHANGE_KINDS, SUBJECT);
    this.#change(record, to, this.#details(options));
  }

  /** @throws ConfigurationError for options that are not allowed, IllegalResolutionError where the state does not follow */
  resolve(record: GroupRecord, options: ResolveOptions): void {
    checkOptions(options, RESOLVE_KINDS, SUBJECT);
    const { release } = options;
    // Before the release gets its place: there are only so many, and they are never given back.
    record.resolution.check(record.id, 'resolved');
    this.#change(record, 'resolved', {
      ...this.#details(options),
      ...(release !== undefined && {
        release: boundedText(release, MOST_NAME_LENGTH),
        releasePlace: this.#room.releases.placeOf(release),
      }),
    });
  }

  /** @throws ConfigurationError for options that are not allowed, IllegalResolutionError where the state does not follow */
  ignore(record: GroupRecord, options: IgnoreOptions): void {
    checkOptions(options, IGNORE_KINDS, SUBJECT);
    const { forMillis, forCount } = options;
    const details = this.#details(options);
    this.#change(record, 'ignored', {
      ...details,
      ...(forMillis !== undefined && {
        until: isoTime(this.#host.wallMillis() + forMillis),
        untilMillis: details.nowMillis + forMillis,
      }),
      ...(forCount !== undefined && { untilCount: forCount, untilTotal: record.count + forCount }),
    });
  }

  /**
   * What somebody gives a group, `undefined` for nothing any more.
   *
   * @throws ConfigurationError for options that are not allowed
   */
  override<T>(to: T | undefined, options: ChangeOptions): GroupOverride<T> | undefined {
    checkOptions(options, CHANGE_KINDS, 'override');
    if (to === undefined) return undefined;
    const { nowMillis: _, ...details } = this.#details(options);
    return Object.freeze({ to, ...details });
  }

  /** An error has been counted. @returns the state out of which it opened the group, or `undefined` */
  recur(record: GroupRecord, release: string | undefined, nowMillis: number): ResolutionState | undefined {
    const { resolution } = record;
    const { state } = resolution;
    const place = release === undefined ? undefined : this.#room.releases.placeOf(release);
    if (!resolution.isOpenedBy(nowMillis, record.count, place)) return undefined;
    this.#openByItself(record);
    return state;
  }

  /** Opens the groups whose time of being ignored is over. */
  openIgnored(): void {
    const { ignored } = this.#room.store;
    if (ignored.size === 0) return;
    const nowMillis = this.#host.monotonicMillis();
    for (const record of [...ignored]) if (record.resolution.isIgnoredTooLong(nowMillis)) this.#openByItself(record);
  }

  #openByItself(record: GroupRecord): void {
    const before = record.resolution.state;
    record.resolution.openByItself(this.#details({}));
    this.#changed(record, before);
  }

  #change(record: GroupRecord, to: ResolutionState, details: ChangeDetails): void {
    const before = record.resolution.state;
    record.resolution.change(record.id, to, details);
    this.#changed(record, before);
  }

  #changed(record: GroupRecord, before: ResolutionState): void {
    this.#room.store.noteChanged(record, before);
    this.#room.store.measure(record);
  }

  #details({ by, note }: ChangeOptions): ChangeDetails {
    return {
      nowMillis: this.#host.monotonicMillis(),
      at: isoTime(this.#host.wallMillis()),
      ...(by !== undefined && { by: boundedText(by, MOST_NAME_LENGTH) }),
      ...(note !== undefined && { note: boundedText(this.#redactor.redact(note), MOST_NOTE_LENGTH) }),
    };
  }
}
