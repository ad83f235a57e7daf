import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Address, formatAddress, parseAddress } from './address.ts';

/** The address as it is now; the component is drawn again when it changes. */
export function useAddress(): Address {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const read = () => setFragment(location.hash);
    // It may have changed between drawing and now.
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return useMemo(() => parseAddress(fragment), [fragment]);
}

/** Goes to an address: back leads to where one was. */
export function goTo(address: Address): void {
  location.hash = formatAddress(address);
}

/** Changes filters in the place: typing into one does not fill the history. An empty text takes one out. */
export function changeQuery(changes: Readonly<Record<string, string>>): void {
  const { path, query } = parseAddress(location.hash);
  history.replaceState(history.state, '', formatAddress({ path, query: { ...query, ...changes } }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
