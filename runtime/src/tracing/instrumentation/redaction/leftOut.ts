/** What stands in a URL, a statement or an attribute of a library for a value of which nothing may be kept. */
export const LEFT_OUT = '?';
