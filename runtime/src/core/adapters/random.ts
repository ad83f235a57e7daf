/** A number from 0 to below 1, with 52 random bits. Seeded by the operating system in every process and worker thread. */
export function random(): number {
  return Math.random();
}
