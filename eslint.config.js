import { defineConfig, globalIgnores } from 'eslint/config';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const ambient = ['process', 'Date', 'setTimeout', 'setInterval', 'setImmediate'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', 'tools/toolchain/parts/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js', 'policies/*.js', 'tools/*.mjs'] } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what a module gives away: no `export *`.' },
        { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast hides a type error.' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['infra/**/*.ts', 'runtime/**/*.ts', 'policies/**/*.ts', 'tools/**/*.ts', 'tests/**/*.ts', 'examples/**/*.ts'],
    rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }] },
  },
  {
    // The runtime's logic gets clock, random numbers and environment by injection; only its adapters touch them.
    files: ['runtime/src/**/*.ts'],
    ignores: ['runtime/src/**/adapters/**', 'runtime/src/register.ts'],
    rules: {
      'no-restricted-globals': ['error', ...ambient.map((name) => ({ name, message: 'Inject it: only adapters touch the process, clocks and timers.' }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Inject the source of random numbers.' }],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] , languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
