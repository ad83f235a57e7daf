import type { ErrorStatisticsReader } from '../../../errors/groups/statistics/errorStatisticsReader.ts';
import { inTurns } from '../../inTurns.ts';
import type { RequestError } from './requestDetailSchema.ts';

/** Times of requests and of errors are of two clocks' making. */
const SLACK_MILLIS = 1000;

/** The whole of it is with its group. */
const MOST_MESSAGE_LENGTH = 500;

/** The first of them say what happened. */
const MOST_ERRORS = 50;

/** The errors that were captured in a request, of those that are kept whole, the oldest first. */
export async function errorsOfRequest(
  statistics: Pick<ErrorStatisticsReader, 'ofRequest'>,
  id: string,
  startedMillis: number,
): Promise<RequestError[]> {
  const found = await inTurns(statistics.ofRequest(id, startedMillis - SLACK_MILLIS));
  return found.slice(0, MOST_ERRORS).map(({ groupId, severity, event: { error, isHandled, atMillis } }) => ({
    groupId,
    type: error.type,
    message: error.message.slice(0, MOST_MESSAGE_LENGTH),
    severity,
    isHandled,
    atMillis,
  }));
}
