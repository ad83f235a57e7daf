import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { componentPage } from '../../../../tools/docs/components/componentPage.ts';
import { describeComponent, type DescribedComponent } from '../../../../tools/docs/components/describeComponent.ts';
import { withImports } from '../../../../tools/docs/components/withImports.ts';

const component = `
import * as pulumi from '@pulumi/pulumi';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';

/** Arguments. */
export interface LampArgs extends Omit<Other, 'x'> {
  /** How bright, in lumen. @defaultValue 800 */
  readonly brightness?: number;
  /** Where {@link Lamp} hangs. */
  readonly place: {
    /** The room. */
    readonly room: string;
  };
}

/**
 * A lamp.
 *
 * It shines.
 *
 * @example
 * \`\`\`ts
 * new Lamp('lamp', { place: { room: 'kitchen' } });
 * \`\`\`
 */
export class Lamp extends pulumi.ComponentResource {
  /** Whether it shines. */
  readonly lit: pulumi.Output<boolean>;
  private readonly bulb: string;

  constructor(name: string, args: LampArgs, options?: pulumi.ComponentResourceOptions) {
    super('house:light:Lamp', name, {}, options);
    new Service(name, {}, { parent: this });
    new Map();
  }
}
`;

function describeText(text: string): DescribedComponent | undefined {
  return describeComponent(ts.createSourceFile('lamp.ts', text, ts.ScriptTarget.Latest, true));
}

function lamp(): DescribedComponent {
  const described = describeText(component);
  if (described === undefined) throw new Error('no component was found');
  return described;
}

describe('describeComponent', () => {
  it('reads name, type token, description and example', () => {
    expect(lamp()).toMatchObject({
      name: 'Lamp',
      token: 'house:light:Lamp',
      description: 'A lamp.\n\nIt shines.',
      examples: ["new Lamp('lamp', { place: { room: 'kitchen' } });"],
    });
  });

  it('reads the arguments with type, default and description, those of a nested type under their path', () => {
    expect(lamp().args).toEqual({
      name: 'LampArgs',
      description: 'Arguments.',
      extended: ["Omit<Other, 'x'>"],
      members: [
        { name: 'brightness', type: 'number', optional: true, fallback: '800', description: 'How bright, in lumen.' },
        { name: 'place', type: 'object', optional: false, fallback: '', description: 'Where `Lamp` hangs.' },
        { name: 'place.room', type: 'string', optional: false, fallback: '', description: 'The room.' },
      ],
    });
  });

  it('takes public properties for outputs, and no private ones', () => {
    expect(lamp().outputs.map(({ name, type }) => [name, type])).toEqual([['lit', 'pulumi.Output<boolean>']]);
  });

  it('names the imported classes that it makes objects of, and no others', () => {
    expect(lamp().creates).toEqual(['Service']);
  });

  it('finds nothing in a file without a component', () => {
    expect(describeText('export const lamp = 1;')).toBeUndefined();
  });

  it('refuses a component without a type token', () => {
    expect(() => describeText(component.replace("'house:light:Lamp'", 'token'))).toThrow(/without a type token/);
  });

  it('refuses a component whose arguments are described elsewhere', () => {
    expect(() => describeText(component.replace('args: LampArgs', 'args: OtherArgs'))).toThrow(/no interface/);
  });
});

describe('the page of a component', () => {
  const page = componentPage({
    component: lamp(),
    file: 'infra/components/lamp.ts',
    types: [],
    pages: new Map(),
    modules: new Map([['Lamp', 'house/lamp']]),
  });

  it.each([
    '# Lamp',
    'A lamp.\n\nIt shines.',
    '`house:light:Lamp`',
    "import { Lamp } from 'house/lamp';",
    '| `brightness` | `number` | 800 | How bright, in lumen. |',
    '| `place.room` | `string` | **required** | The room. |',
    '| `lit` | `pulumi.Output<boolean>` | Whether it shines. |',
  ])('has %j', (text) => {
    expect(page).toContain(text);
  });
});

describe('withImports', () => {
  const modules = new Map([
    ['Lamp', 'house/lamp'],
    ['LampPost', 'house/lampPost'],
  ]);

  it('imports what an example names, and nothing else', () => {
    expect(withImports('new LampPost();', modules)).toBe(
      "import { LampPost } from 'house/lampPost';\n\nnew LampPost();",
    );
    expect(withImports('pulumi.output(new Lamp());', modules)).toBe(
      "import * as pulumi from '@pulumi/pulumi';\nimport { Lamp } from 'house/lamp';\n\npulumi.output(new Lamp());",
    );
  });
});
