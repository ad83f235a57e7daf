/** Thrown for a number of nodes that a cluster cannot have. */
export class InvalidNodeCountError extends Error {
  override readonly name = 'InvalidNodeCountError';
  readonly value: string;

  constructor(value: string, max: number) {
    super(`A cluster cannot have ${JSON.stringify(value)} nodes: use a whole number from 1 to ${String(max)}.`);
    this.value = value;
  }
}
