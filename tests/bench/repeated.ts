/** What so many runs gave, one after the other. */
export async function repeated<T>(runs: number, run: (index: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let index = 0; index < runs; index += 1) results.push(await run(index));
  return results;
}
