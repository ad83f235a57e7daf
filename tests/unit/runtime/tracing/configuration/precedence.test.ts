import { describe, expect, it } from 'vitest';
import { ALL_SETTINGS } from '../../../../../runtime/src/tracing/configuration/settings/allSettings.ts';
import { variablesOf } from '../../../../../runtime/src/tracing/configuration/settings/setting.ts';
import { precedenceCases, type PrecedenceCase } from './precedenceCases.ts';
import { rowsOf, sourcesWith } from './parseFixture.ts';

/** One source of a setting, with what makes it count. */
interface Step {
  readonly source: string;
  readonly shown: string;
  readonly options?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly output?: readonly [path: string, value: unknown];
}

function stepsOf({ options, variables, outputs, fallback }: PrecedenceCase): readonly Step[] {
  return [
    ...(options === undefined ? [] : [{ source: 'options', shown: options[1], options: options[0] }]),
    ...variables.map(([name, text, shown = text, more = {}]) => ({
      source: name,
      shown,
      environment: { ...more, [name]: text },
    })),
    ...(outputs ?? []).map(([path, value, shown = String(value)]) => ({
      source: `stack outputs: ${path}`,
      shown,
      output: [path, value] as const,
    })),
    ...(fallback === undefined ? [] : [{ source: 'default', shown: fallback }]),
  ];
}

/** What a setting is when these sources and no others say something. */
function inForce(
  { option, row: shownAs = option, base = {}, baseEnvironment = {} }: PrecedenceCase,
  steps: readonly Step[],
): unknown {
  const environment = Object.assign({ ...baseEnvironment }, ...steps.map((step) => step.environment)) as object;
  const stackOutputs: Record<string, Record<string, unknown>> = {};
  for (const { output } of steps) {
    const [group = '', name = ''] = output?.[0].split('.') ?? [];
    if (output !== undefined) stackOutputs[group] = { ...stackOutputs[group], [name]: output[1] };
  }
  const options = Object.assign({ ...base }, ...steps.map((step) => step.options)) as object;
  const named = option === 'serviceName' ? options : { serviceName: 'orders', ...options };
  const hasOutputs = Object.keys(stackOutputs).length > 0;
  const rows = rowsOf(
    sourcesWith({
      options: named,
      environment: { ...environment },
      stackOutputs: hasOutputs ? stackOutputs : undefined,
    }),
  );
  const row = rows.find((candidate) => candidate.option === shownAs && candidate.inForce);
  return row === undefined ? undefined : { shown: row.value, source: row.source };
}

describe('the order of sources', () => {
  describe.each(precedenceCases)('of $option', (setting) => {
    const steps = stepsOf(setting);
    it.each(steps.map((step, index) => ({ ...step, index })))('puts $source before what follows', (step) => {
      expect(inForce(setting, steps.slice(step.index))).toEqual({ shown: step.shown, source: step.source });
    });
  });
});

describe('the table of settings', () => {
  const tested = (option: string): { variables: Set<string>; outputs: Set<string> } => {
    const cases = precedenceCases.filter((setting) => setting.option === option);
    return {
      variables: new Set(cases.flatMap(({ variables }) => variables.map(([name]) => name))),
      outputs: new Set(cases.flatMap(({ outputs = [] }) => outputs.map(([path]) => path))),
    };
  };
  // What has no order, since it has one source; or is tested with the setting that it belongs to.
  const byItself = ['resourceAttributes', 'onError'];

  it.each(ALL_SETTINGS.filter(({ option, variablesOnly }) => variablesOnly !== true && !byItself.includes(option)))(
    'has an order that is tested for $option',
    (setting) => {
      expect(precedenceCases.map(({ option }) => option)).toContain(setting.option);
      expect(tested(setting.option)).toEqual({
        variables: new Set(variablesOf(setting).map(({ name }) => name)),
        outputs: new Set((setting.outputs ?? []).map(({ path }) => path)),
      });
    },
  );

  it('names variables of this project before those of OpenTelemetry, and these before those of Jaeger', () => {
    const rank = (name: string): number =>
      ['TRACEWRIGHT_', 'OTEL_', 'JAEGER_'].findIndex((prefix) => name.startsWith(prefix));
    for (const setting of ALL_SETTINGS) {
      const ranks = variablesOf(setting).map(({ name }) => rank(name));
      expect(ranks).toEqual(ranks.toSorted());
    }
  });
});
