import { expect, it } from 'vitest';
import { parseHttpAnswer } from '../../../../tools/cluster/nodeHealth.ts';

it('reads the status and the body of an answer', () => {
  expect(parseHttpAnswer('HTTP/1.0 500 Internal Server Error\r\nA: b\r\n\r\n[-]ping failed')).toEqual({
    statusCode: 500,
    body: '[-]ping failed',
  });
});

it('reads an answer without a body', () => {
  expect(parseHttpAnswer('HTTP/1.1 200 OK\r\nA: b')).toEqual({ statusCode: 200, body: '' });
});

it.each(['', 'HTTP/2 200', 'connect: refused'])('takes %j for no answer', (text) => {
  expect(() => parseHttpAnswer(text)).toThrow(SyntaxError);
});
