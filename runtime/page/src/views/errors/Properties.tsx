import type { ShownProperties } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';
import { LongText } from '../../components/LongText.tsx';

/** Names and values; nothing where there are none. */
export function Properties({ title, properties }: { readonly title: string; readonly properties: ShownProperties }) {
  if (properties.length === 0) return null;
  return (
    <table class="facts properties">
      <caption>{title}</caption>
      <tbody>
        {properties.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <LongText text={name} />
            </th>
            <td>
              <LongText text={String(value)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
