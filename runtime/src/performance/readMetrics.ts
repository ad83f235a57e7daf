/** A metric of which the last value counts, as it is read. */
export function gauge<Name extends string>(name: Name, unit: string, description: string) {
  return { name, kind: 'gauge', unit, description } as const;
}

/** A metric of totals that only grow, as they are read. */
export function counter<Name extends string>(name: Name, unit: string, description: string) {
  return { name, kind: 'counter', unit, description } as const;
}

/** A metric of totals, as they are read. */
export function upDownCounter<Name extends string>(name: Name, unit: string, description: string) {
  return { name, kind: 'upDownCounter', unit, description } as const;
}
