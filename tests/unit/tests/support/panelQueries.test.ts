import { describe, expect, it } from 'vitest';
import { type AskPrometheus, chosen, panelQuestions, substituted, withoutData } from '../../../support/panelQueries.ts';

const dashboard = JSON.stringify({
  title: 'D',
  templating: {
    list: [
      { name: 'datasource', type: 'datasource' },
      { name: 'namespace', type: 'query', definition: 'label_values(up, namespace)' },
      { name: 'instance', type: 'query', definition: 'label_values(up{namespace=~"$namespace"}, instance)' },
    ],
  },
  panels: [
    { title: 'Row', type: 'row' },
    {
      title: 'Up',
      type: 'stat',
      targets: [{ refId: 'A', expr: 'rate(up{namespace=~"$namespace", instance=~"$instance"}[$__rate_interval])' }],
    },
  ],
});

/** A Prometheus with these series by expression, and none else. */
function prometheus(answers: Readonly<Record<string, readonly { labels: Record<string, string>; value: number }[]>>) {
  const asked: string[] = [];
  const ask: AskPrometheus = (expression) => {
    asked.push(expression);
    return Promise.resolve(answers[expression] ?? []);
  };
  return { ask, asked };
}

const one = (labels: Record<string, string>, value = 1) => ({ labels, value });

describe('a panel’s query', () => {
  it('has every value of each list in it, one list chosen within the other', async () => {
    const { ask, asked } = prometheus({
      'group by (namespace) (up)': [one({ namespace: 'b' }), one({ namespace: 'a' })],
      'group by (instance) (up{namespace=~"(a|b)"})': [one({ instance: '10.0.0.1:14269' })],
    });
    expect(await panelQuestions(dashboard, ask, { rateInterval: '2m' })).toEqual([
      {
        name: 'D: Up, A',
        expr: String.raw`rate(up{namespace=~"(a|b)", instance=~"10\\.0\\.0\\.1:14269"}[2m])`,
        exemplars: false,
      },
    ]);
    expect(asked).toHaveLength(2);
  });

  it('cannot be asked where there is nothing to choose from', async () => {
    await expect(panelQuestions(dashboard, prometheus({}).ask, { rateInterval: '2m' })).rejects.toThrow(
      'nothing to choose from: label_values(up, namespace)',
    );
  });

  it('names the variable that it lacks', () => {
    expect(() => substituted('up{job="$job"}', new Map())).toThrow('$job has no value: up{job="$job"}');
  });

  it('takes values as text, not as expressions', () => {
    expect(chosen(['a+b'])).toBe(String.raw`a\\+b`);
    expect(chosen(['a', '(b)'])).toBe(String.raw`(a|\\(b\\))`);
  });
});

describe('panels without data', () => {
  const question = (expr: string) => ({ name: 'Q', expr, exemplars: false });
  const metrics = { 'count(up)': [one({}, 3)] };

  it('are those without a series and those without a number', async () => {
    const { ask } = prometheus({ ...metrics, 'up{a="b"}': [one({})], 'up{c="d"}': [one({}, Number.NaN)] });
    expect(await withoutData([question('up{a="b"}'), question('up{c="d"}'), question('up{e="f"}')], ask)).toEqual([
      'Q: no data: up{c="d"}',
      'Q: no data: up{e="f"}',
    ]);
  });

  it('are those, too, of which a metric is missing that the rest makes up for', async () => {
    const expr = 'sum(up{a="b"}) + (sum(upp{a="b"}) or vector(0))';
    const { ask } = prometheus({ ...metrics, [expr]: [one({})] });
    expect(await withoutData([question(expr)], ask)).toEqual(['Q: there is no upp']);
  });
});
