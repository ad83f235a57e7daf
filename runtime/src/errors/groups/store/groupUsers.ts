import { boundedText, MOST_NAME_LENGTH, textBytes } from './boundedText.ts';

const USER_BYTES = 60;

/** How much memory the users of all groups take, and how much they may take, in bytes. */
export interface UserRoom {
  bytes: number;
  readonly maxBytes: number;
}

/**
 * The users that a group's errors hit, each counted once. They are told apart by their IDs themselves: exact up to a bound, and
 * beyond it what is known for certain, that there are at least as many.
 */
export class GroupUsers {
  readonly #room: UserRoom;
  readonly #maxUsers: number;
  readonly #users = new Set<string>();
  /** Those since the group came back; where it never did, all are. */
  #since: Set<string> | undefined;
  #sinceBytes = 0;
  #bytes = 0;
  #hasMore = false;
  /** Errors often come from the user of the one before. */
  #last: string | undefined;

  constructor(room: UserRoom, maxUsers: number) {
    this.#room = room;
    this.#maxUsers = maxUsers;
  }

  get count(): number {
    return this.#users.size;
  }

  /** The users since the group came back, where it did: as many are told apart as of all. */
  get countSince(): number {
    return this.#since?.size ?? this.#users.size;
  }

  /** Whether there were users that could not be told apart any more. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** What they take in memory. */
  get bytes(): number {
    return this.#bytes + this.#sinceBytes;
  }

  add(userId: string): void {
    if (userId === this.#last) return;
    const user = boundedText(userId, MOST_NAME_LENGTH);
    if (this.#since !== undefined) this.#sinceBytes += this.#addTo(this.#since, user) ?? 0;
    const bytes = this.#addTo(this.#users, user);
    if (bytes === undefined) {
      this.#hasMore = true;
      return;
    }
    this.#bytes += bytes;
    this.#last = user;
  }

  /** Those that came first, the first one first. */
  first(limit: number): readonly string[] {
    const users: string[] = [];
    for (const user of this.#users) {
      if (users.length >= limit) break;
      users.push(user);
    }
    return users;
  }

  /** Those since the group came back, where it did. */
  get since(): readonly string[] | undefined {
    return this.#since && [...this.#since];
  }

  /** Users that there were before, as far as there is room for them. */
  putBack(users: readonly string[], since: readonly string[] | undefined, hasMore: boolean): void {
    this.#hasMore ||= hasMore;
    for (const user of users) {
      const bytes = this.#addTo(this.#users, boundedText(user, MOST_NAME_LENGTH));
      if (bytes === undefined) this.#hasMore = true;
      else this.#bytes += bytes;
    }
    if (since === undefined) return;
    // Who came meanwhile came after that.
    const all = [...since, ...(this.#since ?? [])];
    this.#since ??= new Set();
    for (const user of all) this.#sinceBytes += this.#addTo(this.#since, boundedText(user, MOST_NAME_LENGTH)) ?? 0;
  }

  /** The group came back, with an error of this user, who is among all already. */
  beginAnew(userId: string | undefined): void {
    this.#room.bytes -= this.#sinceBytes;
    this.#sinceBytes = 0;
    this.#since = new Set();
    this.#last = undefined;
    if (userId !== undefined) this.add(userId);
  }

  has(userId: string): boolean {
    return this.#users.has(boundedText(userId, MOST_NAME_LENGTH));
  }

  /** Gives the room back: the group is let go of. */
  forget(): void {
    this.#room.bytes -= this.bytes;
    this.#bytes = 0;
    this.#sinceBytes = 0;
    this.#users.clear();
    this.#since = undefined;
  }

  /** @returns the bytes that it takes more, 0 where it is there already; `undefined` where there is no room */
  #addTo(users: Set<string>, user: string): number | undefined {
    if (users.has(user)) return 0;
    const bytes = USER_BYTES + textBytes(user);
    if (users.size >= this.#maxUsers || this.#room.bytes + bytes > this.#room.maxBytes) return undefined;
    users.add(user);
    this.#room.bytes += bytes;
    return bytes;
  }
}
