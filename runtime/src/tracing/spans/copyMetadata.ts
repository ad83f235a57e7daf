/**
 * Gives `to` the metadata that `reflect-metadata` keeps of `from`. Frameworks keep by it, for the function itself, what
 * their decorators said of a method: NestJS its routes. Does nothing where that package is not loaded.
 */
export function copyMetadata(from: object, to: object): void {
  const reflect: object = Reflect;
  if (!isMetadataApi(reflect)) return;
  for (const key of reflect.getOwnMetadataKeys(from)) {
    reflect.defineMetadata(key, reflect.getOwnMetadata(key, from), to);
  }
}

/** What `reflect-metadata` adds to `Reflect`. */
interface MetadataApi {
  getOwnMetadataKeys(target: object): unknown[];
  getOwnMetadata(key: unknown, target: object): unknown;
  defineMetadata(key: unknown, value: unknown, target: object): void;
}

function isMetadataApi(reflect: object): reflect is MetadataApi {
  return 'getOwnMetadataKeys' in reflect && 'getOwnMetadata' in reflect && 'defineMetadata' in reflect;
}
