import { redactedText } from '../../core/redaction.ts';
import { shownText } from '../../core/shownText.ts';
import { MOST_NAME_LENGTH } from './store/boundedText.ts';

/** No group has this ID: none of its errors was seen here, or the group was let go of since. */
export class UnknownErrorGroupError extends Error {
  override readonly name = 'UnknownErrorGroupError';
  /** As it was asked for, cut to 200 characters. */
  readonly groupId: string;

  /** @param groupId - whatever was asked for: callers without types ask for anything */
  constructor(groupId: unknown) {
    super(
      `no error group has the ID ${shownText(groupId)}: none of its errors was seen here, or it was let go of since ` +
        '(resolvedKeptMillis, maxGroups, maxBytes)',
    );
    this.groupId = redactedText(groupId, { maxLength: MOST_NAME_LENGTH });
  }
}
