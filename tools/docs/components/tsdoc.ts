import ts from 'typescript';

/** The summary and remarks of a declaration's TSDoc, as Markdown; empty without any. */
export function textOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map(({ comment }) => markdown(comment)).join('\n\n');
}

/** What `@defaultValue` says; empty without one. */
export function defaultOf(node: ts.Node): string {
  return tagsOf(node, 'defaultValue')[0] ?? '';
}

/** The code of every `@example`, without its fence. */
export function examplesOf(node: ts.Node): readonly string[] {
  return tagsOf(node, 'example').map((text) => text.replace(/^```\w*\n/, '').replace(/\n```$/, ''));
}

function tagsOf(node: ts.Node, name: string): readonly string[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === name)
    .map(({ comment }) => markdown(comment));
}

/** Links to names become code: a page knows no other page's anchors. */
function markdown(comment: ts.JSDoc['comment']): string {
  const text = ts.getTextOfJSDocComment(comment) ?? '';
  return text.replaceAll(/\{@link (?<name>[^}|]+)[^}]*\}/g, '`$<name>`').trim();
}
