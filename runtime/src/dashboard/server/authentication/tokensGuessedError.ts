/** So many wrong tokens were given to the page that somebody seems to guess. */
export class TokensGuessedError extends Error {
  override readonly name = 'TokensGuessedError';

  constructor() {
    super('more than 100 wrong tokens a minute were given to the page: somebody may be guessing');
  }
}
