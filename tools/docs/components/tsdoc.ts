import ts from 'typescript';

/** Code, in which nothing is a tag, or a tag that ends the text before it. */
const CODE_OR_TAG =
  /(`+)[^`][\s\S]*?\1|(?<=^|\s)@(?:param|returns|throws|defaultValue|example|see|typeParam|template|deprecated|internal)\b/g;

/**
 * The summary and remarks of a declaration's TSDoc, as Markdown; empty without any. The compiler would end them at every
 * word with an at sign before it, even in code: `--import @tracewright/runtime/register`.
 */
export function textOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map((comment) => withoutLinks(beforeTags(bareText(comment.getText())))).join('\n\n');
}

/** A comment without its marks and the stars of its lines. */
function bareText(comment: string): string {
  return comment
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .replaceAll(/^[ \t]*\* ?/gm, '')
    .trim();
}

function beforeTags(text: string): string {
  const tag = [...text.matchAll(CODE_OR_TAG)].find(([found]) => found.startsWith('@'));
  return text.slice(0, tag?.index).trim();
}

/** What `@defaultValue` says; empty without one. */
export function defaultOf(node: ts.Node): string {
  return tagsOf(node, 'defaultValue')[0] ?? '';
}

/** The code of every `@example`, without its fence. */
export function examplesOf(node: ts.Node): readonly string[] {
  return tagsOf(node, 'example').map((text) => text.replace(/^```\w*\n/, '').replace(/\n```$/, ''));
}

/** What every tag of a name says, as Markdown. */
export function tagsOf(node: ts.Node, name: string): readonly string[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === name)
    .map(({ comment }) => markdown(comment));
}

function markdown(comment: ts.JSDoc['comment']): string {
  return withoutLinks(ts.getTextOfJSDocComment(comment) ?? '');
}

/** Links to names become code: a page knows no other page's anchors. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\{@link (?<name>[^}|]+)[^}]*\}/g, '`$<name>`').trim();
}
