import { formatAddress, START } from '../address/address.ts';
import { Nothing } from '../components/Nothing.tsx';
import { plainText } from '../components/plainText.ts';
import type { ViewProps } from './viewProps.ts';

/** An address that leads nowhere, of an older release perhaps. */
export function UnknownView({ address }: ViewProps) {
  return (
    <Nothing title="There is no such view">
      The address names <code>{plainText(address.path.join('/'))}</code>.{' '}
      <a href={formatAddress(START)}>Go to the overview.</a>
    </Nothing>
  );
}
