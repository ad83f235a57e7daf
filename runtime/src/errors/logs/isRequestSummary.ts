import { ownData } from '../../core/thrown/ownData.ts';
import { parseStack } from '../capture/stackParser.ts';
import { framesText, StackReader } from '../capture/stackReader.ts';

/** As pino-http says it (10.5.0). */
const SAID = /^failed with status code [1-5]\d\d$/;
const PINO_HTTP = /\/node_modules\/pino-http\//;

/**
 * Whether an error says no more than that a request has failed: pino-http makes one at the end of each response with a status
 * of 5xx that it was not given the error of. One that the application has made itself says the same on purpose, and is none.
 * Runs no code of the error's.
 */
export function isRequestSummary(error: Error): boolean {
  const message = ownData(error, 'message');
  if (typeof message !== 'string' || !SAID.test(message)) return false;
  const text = framesText(new StackReader().readUnwritten(error), message);
  const frames = parseStack(text, { workingDirectory: '/', clean: (part) => part });
  // What wraps methods of responses is in its stack, too, and may be the application's.
  return PINO_HTTP.test(frames[0]?.file ?? '') || !frames.some(({ isInApplication }) => isInApplication);
}
