/** What a sample must be like to be counted. */
export interface SampleFilter {
  readonly name: string;
  /** Labels that it must have; others do not matter. @defaultValue none */
  readonly labels?: Readonly<Record<string, string>>;
}

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** The sum of the samples that fit, in an exposition of Prometheus' text format; 0 where there is none. */
export function sumOfSamples(exposition: string, filter: SampleFilter): number {
  return samplesOf(exposition, filter).reduce((sum, value) => sum + value, 0);
}

/** The values of the samples that fit, in an exposition of Prometheus' text format. */
export function samplesOf(exposition: string, { name, labels = {} }: SampleFilter): number[] {
  return exposition.split('\n').flatMap((line) => {
    if (!line.startsWith(name)) return [];
    const [, found, text = '', value] = sample.exec(line) ?? [];
    if (found !== name) return [];
    const own = new Map([...text.matchAll(label)].map(([, key = '', content = '']) => [key, content]));
    return Object.entries(labels).every(([key, wanted]) => own.get(key) === wanted) ? [Number(value)] : [];
  });
}
