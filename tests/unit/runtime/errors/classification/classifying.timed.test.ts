import { expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { APPLICATION_FRAME, capturedOf, errorFacts, NODE_FRAME, packageFrame } from './captured.ts';

const classifier = new ErrorClassifier();
const CALLS = 2000;

/** The shortest of some runs: what else the machine does is no part of it. */
function shortestMillis(run: () => void): number {
  const runs = Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return Math.min(...runs);
}

const frames = [
  NODE_FRAME,
  NODE_FRAME,
  packageFrame('express/index.js'),
  ...Array.from({ length: 7 }, () => APPLICATION_FRAME),
];
const cause = errorFacts({ message: 'no stock of SKU-4711', frames });

test.each<readonly [string, Partial<ErrorFacts>]>([
  [
    'of the database',
    { type: 'OrderError', causes: [errorFacts({ code: '23505', classes: ['DatabaseError', 'Error'], frames })] },
  ],
  ['of the network', { causes: [errorFacts({ code: 'ECONNREFUSED', properties: { syscall: 'connect' }, frames })] }],
  ['of the application', { type: 'StockError', causes: [cause] }],
  ['that no rule knows', { causes: [cause] }],
])('an error %s with ten frames and a cause takes 2 µs at most', (_what, error) => {
  const captured = capturedOf({ message: 'the order could not be placed', frames, ...error });
  const millis = shortestMillis(() => {
    for (let call = 0; call < CALLS; call += 1) classifier.classify(captured);
  });
  expect((millis * 1000) / CALLS).toBeLessThan(2);
});

test.each(['at ', ' ', "Unexpected token '<'", 'a E', 'status ', 'HTTP ', 'invalid', 'A_', '/node_modules/'])(
  'a megabyte of %j everywhere takes less than 30 ms',
  (text) => {
    const long = text.repeat(1_000_000 / text.length);
    const millis = shortestMillis(() => {
      for (const type of ['SyntaxError', 'TypeError', 'ReplyError', 'Error', long]) {
        const file = { ...APPLICATION_FRAME, file: long };
        classifier.classify(capturedOf({ type, message: long, frames: [file] }));
        classifier.classify(capturedOf({ type, message: long, code: long, classes: [long], frames: [file] }));
      }
    });
    expect(millis).toBeLessThan(30);
  },
);
