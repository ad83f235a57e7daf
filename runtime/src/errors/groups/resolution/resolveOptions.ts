/** Who changes a group, and why. */
export interface ChangeOptions {
  /** Who; cut to 200 characters. Kept as it is, be it an e-mail address. */
  readonly by?: string;
  /** Why; cut to 1000 characters. Secrets and personal data are taken out of it, and what rules of the application's own find. */
  readonly note?: string;
}

/** How a group is resolved. */
export interface ResolveOptions extends ChangeOptions {
  /**
   * The version in which the errors do not happen any more. Errors of older ones do not open the group again: of those that
   * this process saw before. Newer are those that it sees later, and it itself; errors whose version is not known open it, too.
   * @defaultValue every error opens it again
   */
  readonly release?: string;
}

/** For how long a group is ignored: for good, where nothing is said; until the first of what is said. */
export interface IgnoreOptions extends ChangeOptions {
  /** Milliseconds from now, 1 to 365 days. */
  readonly forMillis?: number;
  /** The group opens with this many more errors, 1 to 1,000,000,000. */
  readonly forCount?: number;
}
