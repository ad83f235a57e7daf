/** No request has this ID: it was never started, or it is over and was cleaned up since. */
export class UnknownRequestError extends Error {
  override readonly name = 'UnknownRequestError';
  readonly requestId: string;

  constructor(requestId: string) {
    super(
      `no request has the ID ${JSON.stringify(requestId)}: it was never started here, or it ended and was cleaned up ` +
        'since (maxAgeMillis, maxRequests, maxBytes)',
    );
    this.requestId = requestId;
  }
}
