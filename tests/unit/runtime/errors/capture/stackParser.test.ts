import fc from 'fast-check';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { parseStack } from '../../../../../runtime/src/errors/capture/stackParser.ts';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { factsOf } from './describerFixture.ts';

function framesOf(text: string, workingDirectory = '/app/'): readonly StackFrame[] {
  return parseStack(text, { workingDirectory, clean: (each, maxLength) => each.slice(0, maxLength) });
}

/** What no text may make of a frame. */
function isOdd({ functionName = 'f', file = 'f', line = 1, column = 1 }: StackFrame): boolean {
  const isLong = functionName.length > 200 || file.length > 500;
  return functionName === '' || file === '' || isLong || !(line >= 1) || !(column >= 1);
}

const OWN = { isAsync: false, isInApplication: true };
const FOREIGN = { isAsync: false, isInApplication: false };
const AT = { line: 3, column: 14 };

describe('a frame', () => {
  it.each<[string, string, Partial<StackFrame>]>([
    ['of a function', 'total (/app/src/order.js:3:14)', { functionName: 'total', file: 'src/order.js', ...AT, ...OWN }],
    ['of a method', 'Order.total (/app/a.js:3:14)', { functionName: 'Order.total', file: 'a.js', ...AT, ...OWN }],
    [
      'of an alias',
      'Order.sum [as total] (/app/a.js:3:14)',
      { functionName: 'Order.sum', file: 'a.js', ...AT, ...OWN },
    ],
    [
      'of a symbol',
      '[Symbol.iterator] (/app/a.js:3:14)',
      { functionName: '[Symbol.iterator]', file: 'a.js', ...AT, ...OWN },
    ],
    ['of a private method', '#sum (/app/a.js:3:14)', { functionName: '#sum', file: 'a.js', ...AT, ...OWN }],
    ['of a getter', 'get total (/app/a.js:3:14)', { functionName: 'get total', file: 'a.js', ...AT, ...OWN }],
    ['of a constructor', 'new Order (/app/a.js:3:14)', { functionName: 'new Order', file: 'a.js', ...AT, ...OWN }],
    ['of a name with brackets', 'a (b) (/app/a.js:3:14)', { functionName: 'a (b)', file: 'a.js', ...AT, ...OWN }],
    [
      'of a name like a place',
      'a (b:1:2) (/app/a.js:3:14)',
      { functionName: 'a (b:1:2)', file: 'a.js', ...AT, ...OWN },
    ],
    ['of no name', '/app/a.js:3:14', { file: 'a.js', ...AT, ...OWN }],
    ['of an anonymous function', '<anonymous> (/app/a.js:3:14)', { file: 'a.js', ...AT, ...OWN }],
    ['of a CommonJS module', 'Object.<anonymous> (/app/a.js:3:14)', { file: 'a.js', ...AT, ...OWN }],
    [
      'reached by await',
      'async load (/app/a.js:3:14)',
      { functionName: 'load', file: 'a.js', ...AT, isAsync: true, isInApplication: true },
    ],
    [
      'reached by await, without a name',
      'async /app/a.js:3:14',
      { file: 'a.js', ...AT, isAsync: true, isInApplication: true },
    ],
    ['of a function called async', 'async (/app/a.js:3:14)', { functionName: 'async', file: 'a.js', ...AT, ...OWN }],
    [
      'of Promise.all',
      'async Promise.all (index 7)',
      { functionName: 'Promise.all', isAsync: true, isInApplication: false },
    ],
    ['of what is built in', 'Array.map (<anonymous>)', { functionName: 'Array.map', ...FOREIGN }],
    ['of native code', 'Array.sort (native)', { functionName: 'Array.sort', ...FOREIGN }],
    ['of nothing else', '<anonymous>', FOREIGN],
    [
      "of Node's",
      'ModuleJob.run (node:internal/modules/esm/module_job:3:14)',
      { functionName: 'ModuleJob.run', file: 'node:internal/modules/esm/module_job', ...AT, ...FOREIGN },
    ],
    [
      'of a package',
      '/app/node_modules/pg/lib/client.js:3:14',
      { file: 'node_modules/pg/lib/client.js', ...AT, ...FOREIGN },
    ],
    [
      'of a package elsewhere',
      '/srv/node_modules/pg/a.js:3:14',
      { file: '/srv/node_modules/pg/a.js', ...AT, ...FOREIGN },
    ],
    ['of what only sounds like one', '/app/my_node_modules/a.js:3:14', { file: 'my_node_modules/a.js', ...AT, ...OWN }],
    ['of a file elsewhere', '/application/a.js:3:14', { file: '/application/a.js', ...AT, ...OWN }],
    [
      'of a file: URL',
      'run (file:///app/src/a%20b.mjs?v=1#x:3:14)',
      { functionName: 'run', file: 'src/a b.mjs', ...AT, ...OWN },
    ],
    ['of a broken file: URL', 'file:///app/%E0%A4%A.mjs:3:14', { file: '%E0%A4%A.mjs', ...AT, ...OWN }],
    ['of a file: URL of a server', 'file://server/share/a.js:3:14', { file: '//server/share/a.js', ...AT, ...OWN }],
    ['of a drive', 'run (C:\\shop\\src\\a.js:3:14)', { functionName: 'run', file: 'C:/shop/src/a.js', ...AT, ...OWN }],
    ['of a drive in a URL', 'file:///C:/shop/a.js:3:14', { file: 'C:/shop/a.js', ...AT, ...OWN }],
    ['of a share', '\\\\server\\share\\a.js:3:14', { file: '//server/share/a.js', ...AT, ...OWN }],
    [
      'of a path with brackets',
      'run (/srv/Project (1)/a.js:3:14)',
      { functionName: 'run', file: '/srv/Project (1)/a.js', ...AT, ...OWN },
    ],
    [
      'of a bundler',
      'run (webpack://shop/./src/a.ts?7c:3:14)',
      { functionName: 'run', file: 'webpack://shop/./src/a.ts', ...AT, ...OWN },
    ],
    ['of the web', 'https://cdn.test/a.js?token=x:3:14', { file: 'https://cdn.test/a.js', ...AT, ...OWN }],
    ['of a name of its own', 'run (made-up.js:3:14)', { functionName: 'run', file: 'made-up.js', ...AT, ...OWN }],
    ['without a column', 'run (/app/a.js:3)', { functionName: 'run', file: 'a.js', line: 3, ...OWN }],
    ['of eval', 'eval (eval at run (/app/a.js:9:9), <anonymous>:3:14)', { functionName: 'eval', ...AT, ...OWN }],
    [
      'of eval in eval',
      'f (eval at g (eval at h (/app/a.js:9:9)), <anonymous>:3:14)',
      { functionName: 'f', ...AT, ...OWN },
    ],
    [
      "of a package's eval",
      'eval (eval at run (/app/node_modules/x/a.js:9:9), <anonymous>:3:14)',
      { functionName: 'eval', ...AT, ...FOREIGN },
    ],
    ['of vm', 'evalmachine.<anonymous>:3:14', { ...AT, ...OWN }],
    ['of node --eval', '[eval]:3:14', { ...AT, ...OWN }],
    ['of a module that is a URL', 'data:text/javascript,throw new Error("secret"):3:14', { ...AT, ...OWN }],
    [
      'of WebAssembly',
      'add (wasm://wasm/7b3a:wasm-function[3]:0x1f)',
      { functionName: 'add', file: 'wasm://wasm/7b3a', ...OWN },
    ],
    ['of line 0', 'run (/app/a.js:0:0)', { functionName: 'run', file: 'a.js', ...OWN }],
  ])('%s', (_, place, expected) => {
    expect(framesOf(`    at ${place}`)).toEqual([expected]);
  });

  it.each([
    'Error: nothing',
    'at',
    '    at ',
    '    at somewhere',
    '    at run (somewhere)',
    '    at :3:14',
    'From previous event:',
    '    --- end of stack ---',
    'run@/app/a.js:3:14',
    `    at ${'x'.repeat(3000)} (/app/a.js:3:14)`,
  ])('is not in the line %j', (line) => {
    expect(framesOf(`    at a (/app/a.js:1:1)\n${line}\n    at b (/app/b.js:2:2)`)).toHaveLength(2);
  });

  it('of a Windows machine is told from where the process runs', () => {
    expect(framesOf('    at C:\\shop\\src\\a.js:3:14', 'C:/shop/')).toEqual([{ file: 'src/a.js', ...AT, ...OWN }]);
    expect(framesOf('    at file:///C:/shop/src/a.js:3:14', 'C:/shop/')).toEqual([{ file: 'src/a.js', ...AT, ...OWN }]);
  });

  it('keeps its path where the process runs at the root', () => {
    expect(framesOf('    at /app/a.js:3:14', '/')).toEqual([{ file: '/app/a.js', ...AT, ...OWN }]);
  });

  it('has no long names, and none that are secret', () => {
    const error = new Error('a');
    error.stack = `Error: a\n    at secret (/app/secret/a.js:3:14)\n    at ${'f'.repeat(300)} (/${'d'.repeat(600)}:3:14)`;
    const [first, second] = factsOf(error).frames;
    expect(first).toEqual({ functionName: '[redacted]', file: '[redacted]/a.js', ...AT, ...OWN });
    expect(second?.functionName).toBe(`${'f'.repeat(199)}…`);
    expect(second?.file).toBe(`/${'d'.repeat(498)}…`);
  });
});

describe('the frames of a stack', () => {
  it('are in their order, fifty at most', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `    at f${index} (/app/a.js:${index + 1}:1)`);
    const names = framesOf(lines.join('\n')).map(({ functionName }) => functionName);
    expect(names).toEqual(Array.from({ length: 50 }, (_, index) => `f${index}`));
  });

  it('are those that Node writes', async () => {
    async function load(): Promise<never> {
      await Promise.resolve();
      throw [1].map(() => new Error('a'))[0] ?? new Error('b');
    }
    async function run(): Promise<unknown> {
      return await load();
    }
    const thrown: unknown = await run().catch((error: unknown) => error);
    const frames = factsOf(thrown).frames.filter(({ file = '' }) => !file.startsWith('node:'));
    expect(frames.slice(0, 4).map(({ functionName }) => functionName)).toEqual([undefined, 'Array.map', 'load', 'run']);
  });

  it('are read from any text, without throwing, bounded and the same every time', () => {
    const piece = fc.constantFrom(
      ...[
        '    at ',
        'async ',
        'new ',
        ' (',
        ')',
        '(',
        'eval at ',
        '<anonymous>',
        ':1',
        ':12:34',
        ':',
        '\n',
        '[as x]',
        ' [as ',
      ],
      ...[
        'file:///',
        '/app/',
        'node:',
        'node_modules/',
        'C:\\',
        '\\\\',
        'wasm://',
        ':wasm-function[1]:0x1',
        'index 1',
        '%',
        '?',
      ],
      ...['data:', '\ud800', '\0', 'Error: ', '__proto__', '\t', '99999999999'],
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (stack) => {
        const frames = framesOf(stack);
        expect(frames.length).toBeLessThanOrEqual(stack.split('\n').length);
        expect(frames.filter(isOdd)).toEqual([]);
        expect(JSON.stringify(framesOf(stack))).toBe(JSON.stringify(frames));
      }),
      { numRuns: 200 },
    );
  });

  it.each([' (', '(', ':1', '/', 'eval at (', '\n    at a (', ' [as x]', '    ', '\\', 'a:', '%41', 'wasm://'])(
    'are read in little time from a text of %j',
    (unit) => {
      const text = `    at ${unit.repeat(16_384 / unit.length)}`;
      const start = performance.now();
      framesOf(text);
      framesOf(text.slice(0, 2000));
      expect(performance.now() - start).toBeLessThan(50);
    },
  );
});
