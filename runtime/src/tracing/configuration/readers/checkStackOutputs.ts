import { maskedSecrets } from '../kinds/maskedText.ts';
import { isRecord } from '../../../core/isRecord.ts';
import { STACK_OUTPUTS } from '../settings/behaviourSettings.ts';
import type { ConfigurationReader } from './configurationReader.ts';

/** The keys that settings are read from. */
const KEYS = ['agent', 'collector', 'environment'];
const MOST_KEYS = 20;

/** Refuses stack outputs that say nothing: those of another stack, or of one that puts them elsewhere. */
export function checkStackOutputs(reader: ConfigurationReader): void {
  const { stackOutputs } = reader.sources;
  const source = 'stack outputs';
  if (stackOutputs === undefined) return;
  if (!isRecord(stackOutputs)) {
    reader.refuse(STACK_OUTPUTS, { given: stackOutputs, source }, {});
    return;
  }
  if (KEYS.some((key) => isRecord(stackOutputs[key]))) return;
  const found = Object.keys(stackOutputs).slice(0, MOST_KEYS).map(maskedSecrets);
  reader.report({
    option: STACK_OUTPUTS.option,
    // Outputs of a stack may be anything: its keys say enough.
    value: found.length === 0 ? 'an object without keys' : `an object with ${found.join(', ')}`,
    source,
    allowed: `${STACK_OUTPUTS.kind.allowed}: at its top an object ${KEYS.slice(0, -1).join(', ')} or ${KEYS.at(-1) ?? ''}`,
  });
}
