/** A package of the repository does not compile. */
export class PackageBuildError extends Error {
  override readonly name = 'PackageBuildError';
  /** The package's directory, relative to the repository. */
  readonly place: string;

  constructor(place: string, said: string, options?: ErrorOptions) {
    super(`${place} does not compile: mend its sources, then run the command again\n${said.trim()}`, options);
    this.place = place;
  }
}
