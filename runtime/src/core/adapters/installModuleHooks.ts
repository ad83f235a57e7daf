import module from 'node:module';
import { register, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';

/**
 * Lets instrumentations reach modules that are loaded with `import`. CommonJS modules need no hook.
 *
 * Uses `module.registerHooks`, which runs in this thread, on versions of Node where it works with CommonJS sources, and
 * `module.register` on older ones.
 *
 * @param packages - names of the modules that instrumentations ask for; others are left alone
 */
export function installModuleHooks(packages: readonly string[]): void {
  const data = { include: [...packages] };
  if (supportsSyncHooks()) register(data);
  else module.register('import-in-the-middle/hook.mjs', import.meta.url, { data });
}
