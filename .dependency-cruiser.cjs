/** What may import what (CONTRIBUTING.md, The house). `npm run check` fails on a breach. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'runtime-stands-alone',
      severity: 'error',
      from: { path: '^runtime/' },
      to: { path: '^(infra|policies|tools|tests|examples)/|node_modules/@pulumi/' },
    },
    {
      name: 'infra-takes-only-types-of-the-outputs',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(runtime|policies|tools|tests|examples)/', pathNot: '^runtime/src/tracing/stackOutputs\\.ts$' },
    },
    {
      name: 'infra-takes-the-outputs-as-a-type',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^runtime/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'policies-stand-alone',
      severity: 'error',
      from: { path: '^policies/' },
      to: { path: '^(infra|runtime|tools|tests|examples)/' },
    },
    {
      name: 'infra-pure-folders',
      severity: 'error',
      from: { path: '^infra/(jaeger|kubernetes)/' },
      to: { path: '^infra/(components|config|index)' },
    },
    {
      name: 'core-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^runtime/src/core/' },
      to: { path: '^runtime/src/(?!core/)' },
    },
    {
      name: 'no-sibling-signals',
      severity: 'error',
      from: { path: '^runtime/src/(tracing|requests|performance|errors)/' },
      to: { path: '^runtime/src/(tracing|requests|performance|errors)/', pathNot: '^runtime/src/$1/' },
    },
    {
      name: 'tools-are-not-imported-by-products',
      severity: 'error',
      from: { path: '^(infra|runtime|policies|examples)/' },
      to: { path: '^(tools|tests)/' },
    },
    { name: 'tools-import-no-tests', severity: 'error', from: { path: '^tools/' }, to: { path: '^tests/' } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^(runtime|infra|policies)/', pathNot: 'dist' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['tracewright-source', 'import', 'node', 'default', 'types'],
    },
  },
};
