import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { LabelledError } from '../../../../fixtures/errors/corpora.ts';
import { CORPUS_ROOT } from '../../../../fixtures/errors/plainError.ts';
import { revivedError } from '../../../../fixtures/errors/revivedError.ts';
import { capturedOf } from './captured.ts';

/** How many errors of a corpus there are, and which are not classified as their labels say. */
export interface Measured {
  readonly total: number;
  /** `name: category by rule`. */
  readonly wrong: readonly string[];
}

/** Classifies each error of a corpus as if it was given to `capture`, with nothing else known. */
export function measured(corpus: readonly LabelledError[]): Measured {
  const describer = new ErrorDescriber({ redactText: (text) => text, workingDirectory: CORPUS_ROOT });
  const classifier = new ErrorClassifier();
  const wrong = corpus.flatMap(({ name, error, label }) => {
    const { category, rule } = classifier.classify(capturedOf(describer.describe(revivedError(error))));
    return category === label.category ? [] : [`${name}: ${category} by ${rule}`];
  });
  return { total: corpus.length, wrong };
}
