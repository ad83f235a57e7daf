import module from 'node:module';
import { register, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';

/** Under which the process keeps the names that the hooks look for. Hooks cannot be taken off, nor put on twice. */
const HOOKED_PACKAGES = Symbol.for('tracewright.hookedPackages');

/**
 * Lets instrumentations reach packages that are loaded with `import` from now on. Packages that are loaded with `require`
 * need no hook, nor do Node's own modules.
 *
 * Uses `module.registerHooks`, which runs in this thread, on versions of Node where it works with CommonJS sources, and
 * `module.register` on older ones. Called again, it adds names to the hooks that are there; on the older versions these
 * run in another thread, and the names of the first call stay the only ones.
 *
 * @param packages - names of the packages that instrumentations ask for; others are left alone
 */
export function installModuleHooks(packages: readonly string[]): void {
  const wanted = packages.filter((name) => !module.isBuiltin(name));
  const hooked: unknown = Reflect.get(globalThis, HOOKED_PACKAGES);
  if (isNames(hooked)) hooked.push(...wanted.filter((name) => !hooked.includes(name)));
  else if (wanted.length > 0) hook(wanted);
}

function hook(include: string[]): void {
  Reflect.set(globalThis, HOOKED_PACKAGES, include);
  // The list is looked at anew for each import.
  if (supportsSyncHooks()) {
    register({ include });
    module.registerHooks({ resolve: keepBuiltins });
  } else module.register('import-in-the-middle/hook.mjs', import.meta.url, { data: { include } });
}

/**
 * import-in-the-middle (3.6.0) takes what a script without a file requires (`node --require … --eval`) for CommonJS, Node's
 * own modules too, which then cannot be loaded. Hooks that are put on later are asked first.
 */
function keepBuiltins(
  specifier: string,
  context: module.ResolveHookContext,
  nextResolve: (specifier: string, context?: Partial<module.ResolveHookContext>) => module.ResolveFnOutput,
): module.ResolveFnOutput {
  const resolved = nextResolve(specifier, context);
  return resolved.url.startsWith('node:') ? { ...resolved, format: 'builtin' } : resolved;
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value);
}
