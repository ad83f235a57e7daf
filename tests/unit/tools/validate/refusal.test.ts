import { ApiException } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { UnknownContextError } from '../../../../tools/kube/connection.ts';
import { NotCheckableError, StackAbsentError } from '../../../../tools/validate/deployment.ts';
import { describeRefusal } from '../../../../tools/validate/refusal.ts';

const forbidden = JSON.stringify({ kind: 'Status', message: 'pods is forbidden', code: 403 });
const again = 'mend that, then run it again; TRACEWRIGHT_DEBUG=1 prints where it comes from';

describe('describeRefusal', () => {
  it.each<[string, unknown, string, string]>([
    ['the check itself knows', new NotCheckableError('no node', 'add one'), 'no node', 'add one'],
    [
      'lacks a permission',
      new ApiException(403, 'HTTP-Code: 403', forbidden, { 'audit-id': 'x' }),
      'the API server refuses it (403): pods is forbidden',
      "give the user of your kubeconfig's context this permission, or run validate as one who has it",
    ],
    [
      'is nobody to the API server',
      new ApiException(401, 'HTTP-Code: 401', 'Unauthorized', {}),
      'the API server refuses it (401): it gives no reason',
      "give the user of your kubeconfig's context this permission, or run validate as one who has it",
    ],
    [
      'meets a failing API server',
      new ApiException(500, 'HTTP-Code: 500', { message: 'etcd is gone' }, {}),
      'the API server answered 500: etcd is gone',
      'mend that, then run it again',
    ],
    [
      'meets an error with a cause',
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') }),
      'TypeError: fetch failed: connect ECONNREFUSED 127.0.0.1:9',
      again,
    ],
    [
      'meets an error that names the cause of its cause',
      new Error('no answer: bad port', { cause: new TypeError('fetch failed', { cause: new Error('bad port') }) }),
      'no answer: bad port',
      again,
    ],
    [
      'asks of a stack that is not there',
      new StackAbsentError('no stack prod', 'deploy it'),
      'no stack prod',
      'deploy it',
    ],
    [
      'is given a context that there is not',
      new UnknownContextError('x', ['dev']),
      new UnknownContextError('x', ['dev']).message,
      again,
    ],
    ['meets an error that names its cause', new Error('a: b', { cause: new Error('b') }), 'a: b', again],
    ['meets a text that was thrown', 'gone', 'gone', again],
    ['meets something that is no error', { token: 'hush' }, 'something was thrown that is no error', again],
  ])('says why a check cannot look that %s', (_, error, found, mend) => {
    expect(describeRefusal(error)).toEqual({ found, mend });
  });

  it('ends with an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(describeRefusal(error).found).toBe('round');
  });

  it('tells no header and no other part of an answer of the API server', () => {
    const error = new ApiException(403, 'HTTP-Code: 403', '{"message":"no","token":"hush"}', { authorization: 'hush' });
    expect(JSON.stringify(describeRefusal(error))).not.toContain('hush');
  });
});
