import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { parse } from '../components/readComponents.ts';

/** What a declaration is that can be exported by name. */
export type ExportedDeclaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableStatement;

/** Something that an application can import. */
export interface RuntimeExport {
  readonly name: string;
  /** Where it is imported from: `@tracewright/runtime`. */
  readonly module: string;
  /** Path of the source file that declares it, from the root of the repository. */
  readonly file: string;
  /** One, or the overloads of a function and what they are overloads of. */
  readonly declarations: readonly [ExportedDeclaration, ...ExportedDeclaration[]];
}

/** The modules that an application imports, by their source files. */
const ENTRIES: readonly (readonly [module: string, file: string])[] = [
  ['@tracewright/runtime', 'runtime/src/index.ts'],
  ['@tracewright/runtime/register', 'runtime/src/register.ts'],
  ['@tracewright/runtime/dashboard', 'runtime/src/dashboard/index.ts'],
];

/**
 * Everything that the runtime exports, in the order of its entries.
 *
 * @throws Error when an export is declared nowhere.
 */
export function readExports(checkout: string): readonly RuntimeExport[] {
  return ENTRIES.flatMap(([module, file]) => {
    const source = parse(join(checkout, file));
    return [...reexported(source), ...declaredIn(source)].map(({ name, home }) => {
      const [first, ...others] = declarationsOf(home, name);
      if (first === undefined) throw new Error(`${file}: ${name} is declared nowhere`);
      return { name, module, file: relative(checkout, home.fileName), declarations: [first, ...others] as const };
    });
  });
}

interface Located {
  readonly name: string;
  readonly home: ts.SourceFile;
}

/** `export { a, type B } from './file.ts'`. */
function reexported(source: ts.SourceFile): readonly Located[] {
  return source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    const path =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
    const file = path === undefined ? source.fileName : join(dirname(source.fileName), path);
    if (!existsSync(file)) throw new Error(`${source.fileName}: ${file} is not there`);
    const home = parse(file);
    return exportClause.elements.map(({ name }) => ({ name: name.text, home }));
  });
}

/** `export const a = …` in the entry itself. */
function declaredIn(source: ts.SourceFile): readonly Located[] {
  return source.statements
    .filter(isDeclaration)
    .filter((statement) => statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
    .flatMap((statement) => namesOf(statement).map((name) => ({ name, home: source })));
}

function declarationsOf(source: ts.SourceFile, name: string): readonly ExportedDeclaration[] {
  return source.statements.filter(isDeclaration).filter((statement) => namesOf(statement).includes(name));
}

function isDeclaration(statement: ts.Statement): statement is ExportedDeclaration {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isVariableStatement(statement)
  );
}

function namesOf(statement: ExportedDeclaration): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return statement.name === undefined ? [] : [statement.name.text];
}
