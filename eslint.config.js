import { defineConfig, globalIgnores } from 'eslint/config';
import eslint from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const ambient = ['process', 'Date', 'setTimeout', 'setInterval', 'setImmediate'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', 'tools/toolchain/parts/', '.dependency-cruiser.cjs']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            'infra/*.js',
            'policies/*.js',
            'runtime/*.cjs',
            'tools/*.mjs',
            'tools/gateway/page/*.js',
            'tools/policy/recorder/*.js',
          ],
        },
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what a module gives away: no `export *`.' },
        { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast hides a type error.' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The Kubernetes client's models are classes that are written as object literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A lock is held by being declared: `await using _lock`.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // The commissioned exporter, and the only way to hook modules on versions of Node without working synchronous hooks.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: [
            { from: 'package', package: '@opentelemetry/exporter-jaeger', name: 'JaegerExporter' },
            { from: 'package', package: 'node:module', name: 'register' },
            // Dashboards in the form that every Grafana in use reads, and not only the newest.
            {
              from: 'package',
              package: '@grafana/grafana-foundation-sdk',
              name: ['Dashboard', 'DashboardBuilder'],
            },
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: [
      'infra/**/*.ts',
      'runtime/**/*.ts',
      'policies/**/*.ts',
      'tools/**/*.ts',
      'tests/**/*.ts',
      'examples/**/*.ts',
      'runtime/page/**/*.tsx',
    ],
    rules: {
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    // The runtime's logic gets clock, random numbers and environment by injection; only its adapters touch them.
    files: ['runtime/src/**/*.ts'],
    ignores: ['runtime/src/**/adapters/**', 'runtime/src/register.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...ambient.map((name) => ({ name, message: 'Inject it: only adapters touch the process, clocks and timers.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Inject the source of random numbers.' },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['tools/gateway/page/*.js'], languageOptions: { globals: globals.browser } },
);
