import { expect, test } from 'vitest';
import { readTail, type LogLimits } from '../../../../tools/kube/readTail.ts';

/** A log as the kubelet gives it: back by lines, then forward by bytes. */
function kubelet(lines: readonly string[], asked: number[] = []): (limits: LogLimits) => Promise<string> {
  return ({ tailLines, limitBytes }) => {
    asked.push(tailLines);
    const text = lines.slice(-tailLines).map((line) => `${line}\n`);
    return Promise.resolve(Buffer.from(text.join('')).subarray(0, limitBytes).toString());
  };
}

test('a log within its limits is asked for once', async () => {
  const asked: number[] = [];
  expect(await readTail(kubelet(['one', 'two', 'three'], asked), { tailLines: 2, limitBytes: 100 })).toBe(
    'two\nthree\n',
  );
  expect(asked).toEqual([2]);
});

test('of a log with long lines the newest are read, not the oldest', async () => {
  const lines = [...Array.from({ length: 300 }, () => 'é'.repeat(100)), 'the newest'];
  const asked: number[] = [];
  const text = await readTail(kubelet(lines, asked), { tailLines: 200, limitBytes: 3000 });
  expect(text.endsWith('\nthe newest\n')).toBe(true);
  expect(asked).toEqual([200, 50, 12]);
});

test('one line that is longer than the limit is read as far as it goes, and no more is asked', async () => {
  const asked: number[] = [];
  expect(await readTail(kubelet(['x'.repeat(500)], asked), { tailLines: 200, limitBytes: 100 })).toBe('x'.repeat(100));
  expect(asked).toEqual([200, 50, 12, 3, 1]);
});

test('every answer is shown to who may run out of time', async () => {
  const seen: string[] = [];
  await readTail(kubelet(['x'.repeat(90), 'b'], []), { tailLines: 2, limitBytes: 80 }, (text) => seen.push(text));
  expect(seen).toEqual(['x'.repeat(80), 'b\n']);
});
