// @spec S5.1
import { expect, test } from 'vitest';
import { openCorpus } from '../../../../fixtures/errors/corpora.ts';
import { measured } from './shareRight.ts';

test('all 212 provoked errors that the rules were written with are classified as they are labelled', () => {
  expect(measured(openCorpus())).toEqual({ total: 212, wrong: [] });
});
