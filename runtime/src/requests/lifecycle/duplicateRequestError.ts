import { shownText } from '../../core/shownText.ts';

/** A request was to be started under the ID of one that is still kept. Neither is changed. */
export class DuplicateRequestError extends Error {
  override readonly name = 'DuplicateRequestError';
  readonly requestId: string;

  constructor(requestId: string) {
    super(
      `a request has the ID ${shownText(requestId)} already; leave out the ID and one is made, ` +
        'or keep it as an attribute where others choose it',
    );
    this.requestId = requestId;
  }
}
