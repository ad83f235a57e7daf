/** What a property of the object itself keeps. A getter is not run: what is behind one is `undefined`. */
export function ownData(owner: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(owner, key)?.value;
}
