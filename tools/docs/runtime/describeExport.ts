import ts from 'typescript';
import { defaultOf, examplesOf, tagsOf, textOf } from '../components/tsdoc.ts';
import type { TableMember } from '../memberTable.ts';
import type { ExportedDeclaration, RuntimeExport } from './readExports.ts';
import { functionSignature, oneLine, parameterText, typeAliasText, variableText } from './signature.ts';

/** One way to call a function, or the only way to write anything else. */
export interface DescribedSignature {
  /** TypeScript, not formatted; empty for what has a head. */
  readonly code: string;
  /** `class Lamp extends Light`, for what has members. */
  readonly head: string;
  readonly description: string;
  /** Parameters that `@param` says something about. */
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
  readonly returns: string;
  /** What `@throws` says, one for each. */
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** An export, as a reader of its page needs it. */
export interface DescribedExport {
  readonly name: string;
  /** Whether there is something at run time, or it is only a type. */
  readonly isType: boolean;
  readonly module: string;
  readonly file: string;
  readonly signatures: readonly DescribedSignature[];
  /** Properties and methods of an interface or a class. */
  readonly members: readonly TableMember[];
}

/** Describes an export by its declarations. */
export function describeExport({ name, module, file, declarations }: RuntimeExport): DescribedExport {
  const overloads = declarations.filter((declaration) => !isImplementation(declaration));
  const shown = overloads.length === 0 ? declarations.slice(0, 1) : overloads;
  return {
    name,
    isType: declarations.every((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)),
    module,
    file,
    signatures: shown.map(describeSignature),
    members: shown.flatMap((declaration) => membersOf(declaration)),
  };
}

/** A function with a body, which is no signature of its own where there are others. */
function isImplementation(declaration: ExportedDeclaration): boolean {
  return ts.isFunctionDeclaration(declaration) && declaration.body !== undefined;
}

function describeSignature(declaration: ExportedDeclaration): DescribedSignature {
  const parameters = ts.getJSDocTags(declaration).filter(ts.isJSDocParameterTag);
  return {
    code: codeOf(declaration),
    head: headOf(declaration),
    description: textOf(declaration),
    parameters: parameters.map((tag) => ({
      name: tag.name.getText(),
      description: (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/^-\s*/, ''),
    })),
    returns: tagsOf(declaration, 'returns')[0] ?? '',
    throws: tagsOf(declaration, 'throws'),
    examples: examplesOf(declaration),
  };
}

function codeOf(declaration: ExportedDeclaration): string {
  if (ts.isFunctionDeclaration(declaration)) return functionSignature(declaration);
  if (ts.isTypeAliasDeclaration(declaration)) return typeAliasText(declaration);
  if (ts.isVariableStatement(declaration)) return variableText(declaration);
  return '';
}

/** The head of what has members, which stand in a table: `class Lamp<Socket> extends Light`. */
function headOf(declaration: ExportedDeclaration): string {
  if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return '';
  const parameters = (declaration.typeParameters ?? []).map((parameter) => oneLine(parameter)).join(', ');
  const name = `${declaration.name?.text ?? ''}${parameters === '' ? '' : `<${parameters}>`}`;
  const heritage = (declaration.heritageClauses ?? []).map((clause) => oneLine(clause).trim());
  return [ts.isClassDeclaration(declaration) ? 'class' : 'interface', name, ...heritage].join(' ');
}

function membersOf(declaration: ExportedDeclaration): readonly TableMember[] {
  if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
  return [...declaration.members].filter(isPublic).flatMap((member) => describeMember(member));
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  const flags = ts.isClassElement(member) ? ts.getCombinedModifierFlags(member) : ts.ModifierFlags.None;
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

function describeMember(member: ts.ClassElement | ts.TypeElement): readonly TableMember[] {
  const described = { fallback: defaultOf(member), description: textOf(member) };
  if (ts.isConstructorDeclaration(member))
    return [{ name: 'constructor', type: `(${parameterText(member.parameters)})`, optional: false, ...described }];
  if (ts.isCallSignatureDeclaration(member))
    return [{ name: '()', type: oneLine(member), optional: false, ...described }];
  const type = typeOf(member);
  if (type === undefined || member.name === undefined) return [];
  const optional = 'questionToken' in member && member.questionToken !== undefined;
  return [{ name: member.name.getText(), type, optional, ...described }];
}

function typeOf(member: ts.ClassElement | ts.TypeElement): string | undefined {
  if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) {
    const parameters = (member.typeParameters ?? []).map((parameter) => oneLine(parameter)).join(', ');
    const result = member.type === undefined ? 'void' : oneLine(member.type);
    return `${parameters === '' ? '' : `<${parameters}>`}(${parameterText(member.parameters)}) => ${result}`;
  }
  if (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member) || ts.isGetAccessorDeclaration(member)) {
    if (member.type !== undefined) return oneLine(member.type);
    const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
    return value === undefined ? undefined : oneLine(value);
  }
  return undefined;
}
