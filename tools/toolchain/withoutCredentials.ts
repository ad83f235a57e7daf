/** The text without the user names and passwords of the addresses in it: `https://user:pass@host` becomes `https://(credentials)@host`. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^/\s]*@/g, '//(credentials)@');
}
