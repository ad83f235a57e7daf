import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript';
import {
  describeComponent,
  describeInterface,
  type DescribedComponent,
  type DescribedInterface,
} from './describeComponent.ts';

/** A component and where it is written. */
export interface ReadComponent {
  readonly component: DescribedComponent;
  /** Path of its source file from the root of the repository. */
  readonly file: string;
  readonly types: readonly DescribedInterface[];
}

/** Every component of `infra/components`, by file name. */
export function readComponents(checkout: string): readonly ReadComponent[] {
  const directory = join(checkout, 'infra/components');
  return readdirSync(directory)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => {
      const source = parse(join(directory, name));
      const component = describeComponent(source);
      if (component === undefined) return [];
      return [{ component, file: relative(checkout, source.fileName), types: typesOf(component, source) }];
    });
}

/** Name of a component's page: that of its source file. */
export function pageName(file: string): string {
  return `${basename(file, '.ts')}.md`;
}

/** Where a component is imported from: the stack from the package itself, every other one from its file. */
export function moduleName(file: string): string {
  const name = basename(file, '.ts');
  return name === 'tracingStack' ? '@tracewright/infra' : `@tracewright/infra/components/${name}`;
}

/** Parses one file; nothing is resolved or checked. */
export function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The interfaces of ours that stand in the types of arguments and outputs, and those that stand in these. */
function typesOf({ args, outputs }: DescribedComponent, source: ts.SourceFile): readonly DescribedInterface[] {
  const found = new Map<string, DescribedInterface>();
  const visit = (members: readonly { readonly type: string }[], file: ts.SourceFile): void => {
    for (const name of members.flatMap(({ type }) => type.match(/\b[A-Z]\w+/g) ?? [])) {
      const home = found.has(name) ? undefined : homeOf(name, file);
      const described = home === undefined ? undefined : describeInterface(home, name);
      if (home === undefined || described === undefined) continue;
      found.set(name, described);
      visit(described.members, home);
    }
  };
  visit([...args.members, ...outputs], source);
  return [...found.values()];
}

/** The file of ours that a name comes from: this one, or one that it is imported from. */
function homeOf(name: string, source: ts.SourceFile): ts.SourceFile | undefined {
  if (describeInterface(source, name) !== undefined) return source;
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const path = statement.moduleSpecifier.text;
    if (path.startsWith('.') && bindings.elements.some((element) => element.name.text === name)) {
      return parse(join(dirname(source.fileName), path));
    }
  }
  return undefined;
}
