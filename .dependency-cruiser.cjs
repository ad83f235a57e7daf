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
      from: { path: '^infra/(jaeger|kubernetes|schema)/' },
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
      name: 'signals-import-no-export',
      severity: 'error',
      from: { path: '^runtime/src/(tracing|requests|performance|errors)/' },
      to: { path: '^runtime/src/export/' },
    },
    {
      name: 'nothing-imports-the-dashboard',
      severity: 'error',
      from: { path: '^runtime/src/', pathNot: '^runtime/src/dashboard/' },
      to: { path: '^runtime/src/dashboard/' },
    },
    {
      // What a browser gets is made of its own sources; of the server it knows what answers look like.
      name: 'the-page-takes-only-types-of-answers',
      severity: 'error',
      from: { path: '^runtime/page/src/' },
      to: { path: '^runtime/src/', pathNot: '^runtime/src/dashboard/api/.*Schema\\.ts$' },
    },
    {
      name: 'the-page-takes-answers-as-a-type',
      severity: 'error',
      from: { path: '^runtime/page/src/' },
      to: { path: '^runtime/src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tools-are-not-imported-by-products',
      severity: 'error',
      from: { path: '^(infra|runtime|policies|examples)/' },
      to: { path: '^(tools|tests)/' },
    },
    {
      name: 'commands-share-downwards',
      severity: 'error',
      from: { path: '^tools/(stack|policyConfiguration)/' },
      to: { path: '^tools/(up|policy|validate)/' },
    },
    {
      // What is validated is what `up` has deployed.
      name: 'commands-stand-apart',
      severity: 'error',
      from: { path: '^tools/(up|policy|validate)/' },
      to: { path: '^tools/(up|policy|validate)/', pathNot: ['^tools/$1/', '^tools/up/'] },
    },
    {
      name: 'policy-takes-nothing-of-up',
      severity: 'error',
      from: { path: '^tools/policy/' },
      to: { path: '^tools/up/' },
    },
    { name: 'tools-import-no-tests', severity: 'error', from: { path: '^tools/' }, to: { path: '^tests/' } },
    {
      // What several kinds of tests need is in tests/support. The program that provokes the corpus of errors may use what tests start,
      // and unit tests are about what benchmarks and faults compute as well.
      name: 'kinds-of-tests-import-none-of-each-other',
      severity: 'error',
      from: {
        path: '^tests/(unit|integration|e2e|support|fixtures)/',
        pathNot: ['^tests/fixtures/errors/provoke\\.ts$', '^tests/unit/tests/(bench|faults)/'],
      },
      to: { path: '^tests/(unit|integration|e2e|bench|faults)/', pathNot: '^tests/$1/' },
    },
    {
      // They are run on what tests start: nothing is started for them alone that a test starts too.
      name: 'benchmarks-and-faults-take-only-the-support-of-tests',
      severity: 'error',
      from: { path: '^tests/(bench|faults)/' },
      to: {
        path: '^tests/(unit|integration|e2e|bench|faults)/',
        pathNot: ['^tests/$1/', '^tests/(integration|e2e)/support/', '^tests/(integration|e2e)/.+/support/'],
      },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      // What the page is built of and by is in the package as a bundle.
      from: { path: '^(runtime|infra|policies)/', pathNot: 'dist|^runtime/page/' },
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
