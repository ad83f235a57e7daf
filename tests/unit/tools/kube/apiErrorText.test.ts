import { ApiException } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { apiErrorText, isRefusal } from '../../../../tools/kube/apiErrorText.ts';

const headers = { 'audit-id': 'hush' };

it.each<[number, unknown, string]>([
  [403, '{"message":"pods is forbidden","token":"hush"}', 'the API server refuses it (403): pods is forbidden'],
  [401, 'Unauthorized', 'the API server refuses it (401): it gives no reason'],
  [409, { message: 'it exists' }, 'the API server answered 409: it exists'],
])('says what an API server answered with %d, and nothing else of it', (code, body, text) => {
  expect(apiErrorText(new ApiException(code, `HTTP-Code: ${code}`, body, headers))).toBe(text);
});

it('says any other error as it is', () => {
  expect(apiErrorText(new Error('connect ECONNREFUSED'))).toBe('connect ECONNREFUSED');
  expect(apiErrorText('gone')).toBe('gone');
});

it.each([
  [new ApiException(401, '', '', {}), true],
  [new ApiException(403, '', '', {}), true],
  [new ApiException(404, '', '', {}), false],
  [new Error('403'), false],
])('knows a refusal: %o', (error, expected) => {
  expect(isRefusal(error)).toBe(expected);
});
