import { code, fenced, generatedFrom, paragraphs, table } from '../markdown.ts';
import { memberTable } from '../memberTable.ts';
import { withImports } from './withImports.ts';
import type { DescribedComponent, DescribedInterface } from './describeComponent.ts';

/** A component with what its page needs from elsewhere. */
export interface ComponentPageSources {
  readonly component: DescribedComponent;
  /** Path of its source file from the root of the repository. */
  readonly file: string;
  /** Interfaces of ours that its arguments and outputs are made of. */
  readonly types: readonly DescribedInterface[];
  /** Pages of the components, by class name. */
  readonly pages: ReadonlyMap<string, string>;
  /** Where each component is imported from, by class name. */
  readonly modules: ReadonlyMap<string, string>;
}

/** The page of one component. */
export function componentPage({ component, file, types, pages, modules }: ComponentPageSources): string {
  const link = (name: string): string => {
    const page = pages.get(name);
    return page === undefined ? code(name) : `[${code(name)}](${page})`;
  };
  return paragraphs(
    `# ${component.name}`,
    generatedFrom(file),
    component.description,
    `Type token ${code(component.token)} · [source](../../${file}) · makes ${component.creates.map(link).join(', ')}`,
    '## Example',
    ...component.examples.map((example) => fenced('ts', withImports(example, modules))),
    '## Arguments',
    extendedText(component.args),
    memberTable(component.args.members),
    '## Outputs',
    memberTable(component.outputs),
    ...(types.length === 0 ? [] : ['## Types']),
    ...types.flatMap((type) => [`### ${type.name}`, type.description, extendedText(type), memberTable(type.members)]),
  );
}

/** The page that leads to all components. */
export function componentIndex(components: readonly DescribedComponent[], pages: ReadonlyMap<string, string>): string {
  return paragraphs(
    '# Components',
    generatedFrom('infra/components'),
    'Most programs need one of them: `TracingStack`, which is made of the others. Each can be imported by itself from ' +
      '`@tracewright/infra/components/<file>`. Arguments out of range are refused when the component is constructed.',
    table(
      ['component', 'type token', 'what it is'],
      components.map(({ name, token, description }) => [
        `[${code(name)}](${pages.get(name) ?? ''})`,
        code(token),
        description.split('\n\n', 1)[0] ?? '',
      ]),
    ),
  );
}

function extendedText({ extended }: DescribedInterface): string {
  if (extended.length === 0) return '';
  const keys = extended.some((type) => type.includes('StackConfig'))
    ? ' Its keys are those of the [configuration](../configuration.md), each with the same default.'
    : '';
  return `Extends ${extended.map(code).join(', ')}.${keys}`;
}
