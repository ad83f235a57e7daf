import ts from 'typescript';
import type { TableMember } from '../memberTable.ts';
import { defaultOf, examplesOf, textOf } from './tsdoc.ts';

/** One argument or output. */
export type DescribedMember = TableMember;

/** An interface with what it takes over from others. */
export interface DescribedInterface {
  readonly name: string;
  readonly description: string;
  /** Types that it extends, as they are written. */
  readonly extended: readonly string[];
  readonly members: readonly DescribedMember[];
}

/** One Pulumi component, as a reader of its page needs it. */
export interface DescribedComponent {
  readonly name: string;
  /** The type token: `tracewright:jaeger:Collector`. */
  readonly token: string;
  readonly description: string;
  /** Code of the `@example` tags. */
  readonly examples: readonly string[];
  readonly args: DescribedInterface;
  /** The public properties. */
  readonly outputs: readonly DescribedMember[];
  /** Classes that the component makes objects of: Kubernetes kinds and components of ours. */
  readonly creates: readonly string[];
}

/**
 * Reads the component of a source file.
 *
 * @returns undefined when the file has none.
 * @throws Error when a component has no type token or no interface for its arguments in the same file.
 */
export function describeComponent(source: ts.SourceFile): DescribedComponent | undefined {
  const component = source.statements.find(isComponent);
  if (component === undefined) return undefined;
  const name = component.name?.text ?? '';
  const constructor = component.members.find(ts.isConstructorDeclaration);
  return {
    name,
    token: typeToken(source, constructor),
    description: textOf(component),
    examples: examplesOf(component),
    args: argumentsOf(source, constructor),
    outputs: component.members.filter(ts.isPropertyDeclaration).filter(isPublic).flatMap(describeMember),
    creates: createdIn(source),
  };
}

/** Describes an interface of a source file; undefined when there is none of this name. */
export function describeInterface(source: ts.SourceFile, name: string): DescribedInterface | undefined {
  const found = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (found === undefined) return undefined;
  const extended = (found.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => written(type)));
  return {
    name,
    description: textOf(found),
    extended,
    members: found.members.flatMap((member) => describeMember(member)),
  };
}

function isComponent(statement: ts.Statement): statement is ts.ClassDeclaration {
  return (
    ts.isClassDeclaration(statement) &&
    (statement.heritageClauses ?? []).some(({ types }) =>
      types.some((type) => written(type).endsWith('ComponentResource')),
    )
  );
}

function isPublic(member: ts.PropertyDeclaration): boolean {
  return (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

/** The first argument of the call of `super`. */
function typeToken(source: ts.SourceFile, constructor: ts.ConstructorDeclaration | undefined): string {
  for (const call of nodesIn(constructor ?? source, ts.isCallExpression)) {
    const first = call.arguments[0];
    if (call.expression.kind === ts.SyntaxKind.SuperKeyword && first !== undefined && ts.isStringLiteral(first)) {
      return first.text;
    }
  }
  throw new Error(`${source.fileName}: the component's constructor calls super without a type token`);
}

/** The type of the constructor's second parameter: an interface of the same file. */
function argumentsOf(source: ts.SourceFile, constructor: ts.ConstructorDeclaration | undefined): DescribedInterface {
  const type = constructor?.parameters[1]?.type;
  const described = type === undefined ? undefined : describeInterface(source, written(type));
  if (described === undefined) throw new Error(`${source.fileName}: the arguments are no interface of this file`);
  return described;
}

/** A property; the members of a type literal stand under their own path. */
function describeMember(member: ts.TypeElement | ts.PropertyDeclaration): readonly DescribedMember[] {
  if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) || member.type === undefined) return [];
  const name = member.name.getText();
  const optional = member.questionToken !== undefined;
  const described = { name, optional, fallback: defaultOf(member), description: textOf(member) };
  if (!ts.isTypeLiteralNode(member.type)) return [{ ...described, type: written(member.type) }];
  const nested = member.type.members.flatMap((inner) => describeMember(inner));
  return [{ ...described, type: 'object' }, ...nested.map((inner) => ({ ...inner, name: `${name}.${inner.name}` }))];
}

/** A type as it is written, on one line. */
function written(node: ts.Node): string {
  return node.getText().replaceAll(/\s+/g, ' ').replace(/^\| /, '');
}

/** Every imported class that is called with `new`. */
function createdIn(source: ts.SourceFile): readonly string[] {
  const imported = new Set(nodesIn(source, ts.isImportSpecifier).map(({ name }) => name.text));
  const created = nodesIn(source, ts.isNewExpression).map(({ expression }) => expression.getText());
  return [...new Set(created)].filter((name) => imported.has(name) && !name.endsWith('Error'));
}

function nodesIn<Kind extends ts.Node>(root: ts.Node, isKind: (node: ts.Node) => node is Kind): readonly Kind[] {
  const found: Kind[] = [];
  const visit = (node: ts.Node): void => {
    if (isKind(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
