// Loads the libraries that EARLY names before anything else does, with `import` or, where HOW says so, `require`.
import { createRequire } from 'node:module';

const names = process.env['EARLY']?.split(',') ?? [];
const require = createRequire(import.meta.url);
for (const name of names) {
  if (process.env['HOW'] === 'require') require(name);
  else await import(name);
}
