/** For `catch` of reading a directory that need not be there. @throws whatever else went wrong */
export function noneIfAbsent(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
