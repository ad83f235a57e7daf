import { expect, test } from 'vitest';
import { visibleLine, visibleLines, withoutCommands } from '../../../../tools/values/visibleText.ts';

test('a line shows what is not to be seen, and ends nowhere', () => {
  expect(visibleLine('a\nb\r\tc\u001b[31m\u009b\u2028\u202eé…')).toBe(
    String.raw`a\nb\r\tc\u001b[31m\u009b\u2028\u202e` + 'é…',
  );
});

test('lines stay lines', () => {
  expect(visibleLines('a\r\n\tb\n\u0007')).toBe('a\n\tb\n' + String.raw`\u0007`);
});

test.each([
  ['::error::a', String.raw`\::error::a`],
  ['a\n  ::set-output name=b::c', String.raw`a` + '\n  ' + String.raw`\::set-output name=b::c`],
  ['a ##[warning]b', String.raw`a #\#[warning]b`],
  ['a::b, rbac: c', 'a::b, rbac: c'],
])('%j is no command', (text, harmless) => expect(withoutCommands(text)).toBe(harmless));
