import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { wasReset } from '../../../../../runtime/src/requests/http/wasReset.ts';

it.each([
  ['is over HTTP/1', undefined, false],
  ['was sent', { aborted: false, writableFinished: true, rstCode: 0 }, false],
  ['was sent, and reset after it', { aborted: false, writableFinished: true, rstCode: 8 }, false],
  ['was reset before its end was written', { aborted: true, writableFinished: true, rstCode: 0 }, true],
  ['was reset while its end waited to be sent', { aborted: false, writableFinished: false, rstCode: 8 }, true],
])('wasReset of a response that %s', (_, stream, expected) => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  expect(wasReset(Object.assign(response, stream && { stream }))).toBe(expected);
});
