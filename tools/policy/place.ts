import { isAbsolute, relative, sep } from 'node:path';

/** A line of a file, for who looks something up. */
export interface Place {
  /** As reports call it: from the checkout where it lies below it, or else whole; with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What reports call a file. */
export function shownFile(path: string, checkout: string): string {
  const inside = relative(checkout, path);
  const file = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return file.split(sep).join('/');
}
