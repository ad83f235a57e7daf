import { redactedText } from '../../core/redaction.ts';
import { MOST_NAME_LENGTH } from '../requestName.ts';
import { shownText } from '../../core/shownText.ts';

/** No request has this ID: it was never started, or it is over and was cleaned up since. */
export class UnknownRequestError extends Error {
  override readonly name = 'UnknownRequestError';
  /** As it was asked for, cut to the 200 characters that are kept of an ID. */
  readonly requestId: string;

  /** @param requestId - whatever was asked for: callers without types ask for anything */
  constructor(requestId: unknown) {
    super(
      `no request has the ID ${shownText(requestId)}: it was never started here, or it ended and was cleaned up ` +
        'since (maxAgeMillis, maxRequests, maxBytes)',
    );
    this.requestId = redactedText(requestId, { maxLength: MOST_NAME_LENGTH });
  }
}
