/** Errors that happened in a slice of time. */
export class ErrorTally {
  errors = 0;

  merge(other: ErrorTally): void {
    this.errors += other.errors;
  }
}

/** What happened to errors of one category and severity in a slice of time. */
export class ErrorSlice extends ErrorTally {
  /** Of the errors, those that nobody has looked at. */
  shed = 0;
  newGroups = 0;
  regressions = 0;
  spikes = 0;
  resolutions = 0;
  /** The time from a group's opening to its resolution, all together. */
  resolveMillis = 0;

  override merge(other: ErrorSlice): void {
    super.merge(other);
    this.shed += other.shed;
    this.newGroups += other.newGroups;
    this.regressions += other.regressions;
    this.spikes += other.spikes;
    this.resolutions += other.resolutions;
    this.resolveMillis += other.resolveMillis;
  }
}
