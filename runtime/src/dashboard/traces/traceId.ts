/**
 * A trace ID as Jaeger writes it: 16 or 32 lowercase hexadecimal digits, of which 16 where the upper 64 bits are 0.
 *
 * @returns `undefined` for what is none: anything but 16 to 32 hexadecimal digits, or nothing but zeros
 */
export function parseTraceId(text: string): string | undefined {
  if (!/^[\da-f]{16,32}$/i.test(text) || /^0+$/.test(text)) return undefined;
  const digits = text.toLowerCase().padStart(32, '0');
  return digits.startsWith('0'.repeat(16)) ? digits.slice(16) : digits;
}
