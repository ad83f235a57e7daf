import ts from 'typescript';

/** A node as it is written, on one line and without comments. */
export function oneLine(node: ts.Node): string {
  const printer = ts.createPrinter({ removeComments: true });
  return printer
    .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
    .replaceAll(/\s+/g, ' ')
    .replace(/^\| /, '');
}

/** A function without its body. */
export function functionSignature({ name, typeParameters, parameters, type }: ts.FunctionDeclaration): string {
  const types = (typeParameters ?? []).map((parameter) => oneLine(parameter)).join(', ');
  const generic = types === '' ? '' : `<${types}>`;
  const result = type === undefined ? 'void' : oneLine(type);
  return `function ${name?.text ?? ''}${generic}(${parameterText(parameters)}): ${result};`;
}

/** Parameters as a caller sees them: one with a default can be left out, one that is taken apart has no name. */
export function parameterText(parameters: ts.NodeArray<ts.ParameterDeclaration>): string {
  return parameters
    .map(({ name, type, questionToken, initializer, dotDotDotToken }) => {
      const called = ts.isIdentifier(name) ? name.text : 'options';
      const optional = questionToken !== undefined || initializer !== undefined ? '?' : '';
      return `${dotDotDotToken === undefined ? '' : '...'}${called}${optional}: ${type === undefined ? 'unknown' : oneLine(type)}`;
    })
    .join(', ');
}

/** A type by another name. What is made of a list of names in the same file is written out. */
export function typeAliasText(declaration: ts.TypeAliasDeclaration): string {
  const names = namesOfList(declaration);
  const written = declaration.getText().replace(/^export /, '');
  return names === undefined ? written : `type ${declaration.name.text} = ${names.join(' | ')};`;
}

/** A constant: with its type, or as it is written. */
export function variableText({ declarationList }: ts.VariableStatement): string {
  const [first] = declarationList.declarations;
  if (first === undefined) return '';
  if (first.type !== undefined) return `const ${first.name.getText()}: ${oneLine(first.type)};`;
  return `const ${first.getText()};`;
}

/** `(typeof NAMES)[number]`, where `NAMES` is `[…] as const`. */
function namesOfList({ type }: ts.TypeAliasDeclaration): readonly string[] | undefined {
  const list = /^\(?typeof (?<list>\w+)\)?\[number\]$/.exec(type.getText())?.groups?.['list'];
  for (const statement of type.getSourceFile().statements.filter(ts.isVariableStatement)) {
    const found = statement.declarationList.declarations.find(({ name }) => name.getText() === list);
    const value = found?.initializer;
    const array = value !== undefined && ts.isAsExpression(value) ? value.expression : value;
    if (array !== undefined && ts.isArrayLiteralExpression(array)) return array.elements.map((item) => item.getText());
  }
  return undefined;
}
