import { expect, test } from 'vitest';
import { crashLines } from '../../../../tools/kube/crashLogs.ts';

test('the last lines of a crashed container are shown below its name, and cannot drive the terminal', () => {
  expect(crashLines('one\r\n\u001B[2J\ttwo\u0007 \u202E\n')).toEqual(['    one', '    \ttwo\uFFFD \uFFFD']);
});
