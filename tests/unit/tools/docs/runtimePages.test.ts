import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ALL_SETTINGS } from '../../../../runtime/src/tracing/configuration/settings/allSettings.ts';
import type { SettingWithDefault } from '../../../../runtime/src/tracing/configuration/settings/setting.ts';
import { variablesOf } from '../../../../runtime/src/tracing/configuration/settings/setting.ts';
import { textOf } from '../../../../tools/docs/components/tsdoc.ts';
import { describeExport, type DescribedExport } from '../../../../tools/docs/runtime/describeExport.ts';
import { exportSection } from '../../../../tools/docs/runtime/exportSection.ts';
import { type ExportedDeclaration, readExports } from '../../../../tools/docs/runtime/readExports.ts';
import { settingsPage } from '../../../../tools/docs/runtime/settingsPage.ts';
import { themeOf } from '../../../../tools/docs/runtime/themes.ts';

const checkout = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

const source = ts.createSourceFile(
  'lamp.ts',
  `
/** Colours. */
export const COLOURS = ['red', 'green'] as const;
/** One of the colours. */
export type Colour = (typeof COLOURS)[number];
/** Room. */
export type Room = { readonly name: string };

/**
 * Switches a lamp on.
 * @param colour - which one
 * @returns the same lamp
 * @throws Error without a bulb
 * @throws TypeError for a
 *   candle
 * @example
 * \`\`\`ts
 * light(lamp, 'red');
 * \`\`\`
 */
export function light<L extends Lamp>(lamp: L, colour?: Colour): L;
/** Switches all on. */
export function light(colour?: Colour): void;
export function light(first: unknown, second: unknown): unknown {
  return [first, second];
}

/** Waits. */
export function wait({ millis }: Options, unit = 'ms', times: number = 1, ...rest: string[]): Promise<void> {}

/** What lights. */
export interface Options<T = string> extends Base<T>, Other {
  /** How bright. @defaultValue 800 */
  readonly brightness?: number;
  /** Where {@link Lamp} hangs. */
  readonly place: Room | undefined;
  /** Calls back. */
  on<E>(event: E, times?: number): void;
  /** Called. */
  (x: string): number;
}

/** A lamp. */
export class Lamp extends Thing {
  override readonly name = 'Lamp';
  /** Its bulb. */
  readonly bulb: string;
  readonly #hidden: string = '';
  private secret = 1;
  /** How many there are. */
  get count(): number { return 1; }
  constructor(options: Options, colour: Colour = 'red') { super(); }
  /** Goes out. */
  async out(): Promise<void> {}
  #inner(): void {}
}
`,
  ts.ScriptTarget.Latest,
  true,
);

function described(name: string): DescribedExport {
  const declarations = source.statements.filter(
    (statement): statement is ExportedDeclaration =>
      (ts.isVariableStatement(statement) && statement.declarationList.declarations[0]?.name.getText() === name) ||
      ('name' in statement && (statement.name as ts.Identifier | undefined)?.text === name),
  );
  const [first, ...others] = declarations;
  if (first === undefined) throw new Error(`there is no ${name}`);
  return describeExport({
    name,
    module: '@tracewright/runtime',
    file: 'runtime/src/lamp.ts',
    declarations: [first, ...others],
  });
}

describe('describeExport', () => {
  it('has every way to call a function, and not the one that does it', () => {
    expect(described('light').signatures).toEqual([
      {
        code: 'function light<L extends Lamp>(lamp: L, colour?: Colour): L;',
        head: '',
        description: 'Switches a lamp on.',
        parameters: [{ name: 'colour', description: 'which one' }],
        returns: 'the same lamp',
        throws: ['Error without a bulb', 'TypeError for a\ncandle'],
        examples: ["light(lamp, 'red');"],
      },
      expect.objectContaining({ code: 'function light(colour?: Colour): void;', description: 'Switches all on.' }),
    ]);
  });

  it('shows parameters as a caller sees them', () => {
    expect(described('wait').signatures[0]?.code).toBe(
      'function wait(options: Options, unit?: unknown, times?: number, ...rest: string[]): Promise<void>;',
    );
  });

  it('has the members of an interface, its methods and calls among them', () => {
    expect(described('Options').signatures[0]?.head).toBe('interface Options<T = string> extends Base<T>, Other');
    expect(described('Options').members).toEqual([
      { name: 'brightness', type: 'number', optional: true, fallback: '800', description: 'How bright.' },
      {
        name: 'place',
        type: 'Room | undefined',
        optional: false,
        fallback: '',
        description: 'Where `Lamp` hangs.',
      },
      {
        name: 'on',
        type: '<E>(event: E, times?: number) => void',
        optional: false,
        fallback: '',
        description: 'Calls back.',
      },
      { name: '()', type: '(x: string): number;', optional: false, fallback: '', description: 'Called.' },
    ]);
  });

  it('has what is public of a class', () => {
    expect(described('Lamp').members.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "name: 'Lamp'",
      'bulb: string',
      'count: number',
      'constructor: (options: Options, colour?: Colour)',
      'out: () => Promise<void>',
    ]);
  });

  it.each([
    ['COLOURS', "const COLOURS = ['red', 'green'] as const;"],
    ['Colour', "type Colour = 'red' | 'green';"],
    ['Room', 'type Room = { readonly name: string };'],
  ])('writes %s out', (name, code) => {
    expect(described(name).signatures[0]?.code).toBe(code);
  });

  it('tells values from types', () => {
    expect(['COLOURS', 'Colour', 'light', 'Options', 'Lamp'].filter((name) => described(name).isType)).toEqual([
      'Colour',
      'Options',
    ]);
  });
});

describe('the section of an export', () => {
  it('has signatures, what they say, and where it is', () => {
    expect(exportSection(described('light'))).toBe(
      [
        '## light',
        '```ts\nfunction light<L extends Lamp>(lamp: L, colour?: Colour): L;\n```',
        'Switches a lamp on.',
        '- `colour`: which one\n- Returns the same lamp\n- Throws Error without a bulb\n- Throws TypeError for a candle',
        "```ts\nlight(lamp, 'red');\n```",
        '```ts\nfunction light(colour?: Colour): void;\n```',
        'Switches all on.',
        '[source](../../runtime/src/lamp.ts)',
      ].join('\n\n'),
    );
  });

  it('has the members as a table', () => {
    const section = exportSection(described('Options'));
    expect(section).toContain('`interface Options<T = string> extends Base<T>, Other`\n\nWhat lights.\n\n');
    expect(section).toContain('| `brightness` | `number` | 800 | How bright. |');
    expect(section).toContain('| `place` | `Room \\| undefined` | **required** | Where `Lamp` hangs. |');
  });
});

describe('textOf', () => {
  it('keeps an at sign in code, where the compiler sees a tag', () => {
    const text =
      '/** Run `node --import @a/b` or ``x @returns y``,\n * then wait. @returns nothing */\nexport const a = 1;';
    const [statement] = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true).statements;
    expect(statement && textOf(statement)).toBe('Run `node --import @a/b` or ``x @returns y``,\nthen wait.');
  });
});

describe('the public API of the runtime', () => {
  const exports = readExports(checkout).map(describeExport);

  it('is found whole, the register entry too', () => {
    expect(exports.length).toBeGreaterThan(40);
    expect(exports.map(({ name, module }) => `${module} ${name}`)).toEqual(
      expect.arrayContaining(['@tracewright/runtime createTracing', '@tracewright/runtime/register tracing']),
    );
  });

  it.each(exports)('$name says what it is, and has a page', ({ file, signatures }) => {
    expect(signatures.filter(({ description }) => description === '')).toEqual([]);
    expect(themeOf(file).page).not.toBe('');
  });

  it('has a page for each folder, or says which has none', () => {
    expect(() => themeOf('runtime/src/nowhere/a.ts')).toThrow('no page of docs/runtime is for this folder');
  });
});

describe('the page of the settings', () => {
  const rows = settingsPage(ALL_SETTINGS)
    .split('\n')
    .filter((line) => line.startsWith('| '));

  it.each(ALL_SETTINGS)('has a row of $option with all of its variables', (setting) => {
    const option = setting.variablesOnly === true ? '–' : `\`${setting.option}\``;
    const variables = variablesOf(setting).map(({ name }) => `\`${name}\``);
    const matching = rows.filter(
      (row) => row.startsWith(`| ${option} |`) && variables.every((variable) => row.includes(variable)),
    );
    expect(matching).toHaveLength(1);
  });

  it('has variables, outputs, default and what is allowed in their columns', () => {
    const setting: SettingWithDefault<readonly string[]> = {
      option: 'lamp.colours',
      about: 'Which colours.',
      kind: { allowed: 'any of red | green', fromText: () => ({ taken: false }), fromValue: () => ({ taken: false }) },
      variables: ['LAMP_COLOURS', { name: 'OLD_COLOURS', note: 'in capitals' }],
      outputs: [{ path: 'lamp.colours' }],
      fallback: ['red', 'green'],
    };
    expect(settingsPage([setting])).toContain(
      '| `lamp.colours` | `LAMP_COLOURS`, `OLD_COLOURS` (in capitals) | `lamp.colours` | `red,green` | any of red \\| green | Which colours. |',
    );
  });

  it('shows what is in force, and no secret of it', () => {
    const page = settingsPage(ALL_SETTINGS);
    expect(page).toMatch(/collectorCredentials\.password +\*\*\* +options: the URL/);
    expect(page).toMatch(/JAEGER_AGENT_PORT +tcp:\/\/10\.0\.0\.1:5775 +ignored: set by Kubernetes/);
    expect(page).not.toContain('secret@');
  });

  it('shows a configuration that is refused', () => {
    expect(settingsPage(ALL_SETTINGS)).toContain('The tracing configuration has 3 problems:\n  agent.port:');
  });
});
