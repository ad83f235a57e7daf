import type { ErrorFacts } from '../../errorFacts.ts';
import type { Classification, RuleSet } from '../classification.ts';
import { codeTable } from '../codeTable.ts';
import { AWS_NAMES } from '../tables/awsNames.ts';
import { answeredBy } from './httpClientRules.ts';

/**
 * What services of AWS answer: whatever is called `NoSuchKey` or `ThrottlingException` is theirs, if it has what all errors of
 * the SDK have.
 *
 * Sources: @smithy/smithy-client, src/exceptions.ts, `ServiceException`; AWS SDK for JavaScript 2, lib/core.d.ts, `AWSError`.
 */
export function awsRules(): RuleSet {
  const names = codeTable('aws.name', AWS_NAMES);
  const answered = answeredBy('aws.answer');
  return (error): Classification | undefined => {
    if (!isOfAws(error)) return undefined;
    const known = names.get(error.type) ?? names.get(error.code ?? '');
    if (known !== undefined) return known;
    const byClass = error.classes.map((name) => names.get(name)).find((told) => told !== undefined);
    return byClass ?? answered(error.status);
  };
}

function isOfAws({ properties, code }: ErrorFacts): boolean {
  if (typeof properties['$fault'] === 'string') return true;
  return (
    code !== undefined && typeof properties['requestId'] === 'string' && typeof properties['retryable'] === 'boolean'
  );
}
