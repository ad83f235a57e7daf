import type { RequestFailure, RequestState } from '../lifecycle/requestState.ts';
import type { RequestAttribute } from '../requestSnapshot.ts';
import type { RequestUpdate } from '../startRequest.ts';
import type { OwnIds } from './ownIds.ts';
import type { WallClock } from './wallClock.ts';

/** The trace that a request is part of. */
export interface RequestTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

/** What all records of a tracker have in common. */
export interface RecordOrigin {
  readonly ids: OwnIds;
  readonly wallClock: WallClock;
}

/** What a request starts with. */
export interface StartedRequest {
  readonly sequence: number;
  /** `undefined` for a request whose ID is of the tracker's own making. */
  readonly givenId: string | undefined;
  readonly operation: string;
  readonly userId: string | undefined;
  readonly agentId: string | undefined;
  readonly parentId: string | undefined;
  readonly trace: RequestTrace | undefined;
  readonly attributes: Readonly<Record<string, RequestAttribute>> | undefined;
  readonly onFinishing: (() => RequestUpdate | undefined) | undefined;
  /** By a clock that never goes back. */
  readonly startedMillis: number;
  readonly origin: RecordOrigin;
}

const MICROS = 1000;

/**
 * What the tracker keeps of a request. Only the tracker changes it, and hands it to nobody. Of its times one is kept as it
 * is; the others are whole microseconds after it, which take no memory of their own.
 */
export class RequestRecord {
  readonly sequence: number;
  readonly givenId: string | undefined;
  operation: string;
  userId: string | undefined;
  agentId: string | undefined;
  readonly parentId: string | undefined;
  readonly trace: RequestTrace | undefined;
  attributes: Readonly<Record<string, RequestAttribute>> | undefined;
  /** Tells of it what is known only at its end. Let go of when it is asked: it may keep a whole response alive. */
  onFinishing: (() => RequestUpdate | undefined) | undefined;
  state: RequestState = 'pending';
  failure: RequestFailure | undefined = undefined;
  readonly startedMillis: number;
  /** The number of its end, from 1, in the order in which requests ended; 0 before. */
  finishSequence = 0;
  /** Whether it was told of as stuck. */
  isStuck = false;
  /** Whether the store has let go of it. */
  isRemoved = false;
  /** What it takes in memory, as far as it was estimated. */
  bytes = 0;
  readonly #origin: RecordOrigin;
  readonly #wallShiftMillis: number;
  #processingMicros = -1;
  #finishedMicros = -1;

  constructor(started: StartedRequest) {
    this.sequence = started.sequence;
    this.givenId = started.givenId;
    this.operation = started.operation;
    this.userId = started.userId;
    this.agentId = started.agentId;
    this.parentId = started.parentId;
    this.trace = started.trace;
    this.attributes = started.attributes;
    this.onFinishing = started.onFinishing;
    this.startedMillis = started.startedMillis;
    this.#origin = started.origin;
    this.#wallShiftMillis = started.origin.wallClock.shiftAt(started.startedMillis);
  }

  /** The ID that it was given, or the tracker's own for it. */
  get id(): string {
    return this.givenId ?? this.#origin.ids.idOf(this.sequence);
  }

  /** When it started, in milliseconds since 1970, by a clock that may be set. */
  get startedWallMillis(): number {
    return this.#origin.wallClock.wallMillis(this.startedMillis, this.#wallShiftMillis);
  }

  /** When `process()` was called. */
  get processingMillis(): number | undefined {
    return this.#processingMicros < 0 ? undefined : this.startedMillis + this.#processingMicros / MICROS;
  }

  /** `process()` is called now. */
  markProcessing(nowMillis: number): void {
    this.#processingMicros = Math.round((nowMillis - this.startedMillis) * MICROS);
  }

  /** When it ended. */
  get finishedMillis(): number | undefined {
    return this.#finishedMicros < 0 ? undefined : this.startedMillis + this.#finishedMicros / MICROS;
  }

  /** It ends now. */
  markFinished(nowMillis: number): void {
    this.#finishedMicros = Math.round((nowMillis - this.startedMillis) * MICROS);
  }
}
