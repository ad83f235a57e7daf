import { describe, expect, it } from 'vitest';
import { SpansDroppedError } from '../../../../../runtime/src/tracing/accounting/spansDroppedError.ts';
import { warnOfErrors } from '../../../../../runtime/src/tracing/accounting/warnOfErrors.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

describe('warnOfErrors', () => {
  it('warns of every report of lost spans, and sparingly of everything else', () => {
    const host = new FakeHost();
    const onError = warnOfErrors(host);
    const lost = (['queue_full', 'oversize', 'oversize'] as const).map(
      (reason) => new SpansDroppedError({ reason, spanCount: 1, destination: 'the agent' }),
    );
    const first = new Error('first');
    onError(first);
    for (const error of lost) onError(error);
    onError(new Error('second'));
    expect(host.warnings).toEqual([first, ...lost]);
  });
});
