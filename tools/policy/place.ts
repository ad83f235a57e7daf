import { isAbsolute, relative, sep } from 'node:path';

/** A file, or a line of it, for who looks something up. */
export interface Place {
  /** As reports call it: from the checkout where it lies below it, or else whole; with slashes. */
  readonly file: string;
  /** From 1; missing where the file as a whole is meant. */
  readonly line?: number;
}

/** `policy.yaml:12`, or `policy.yaml`. */
export function shownPlace({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** What reports call a file. */
export function shownFile(path: string, checkout: string): string {
  const inside = relative(checkout, path);
  const file = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return file.split(sep).join('/');
}
