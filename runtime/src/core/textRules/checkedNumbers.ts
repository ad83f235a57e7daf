/**
 * Lengths of IBANs by country, from the registry of SWIFT, release 99.
 */
const IBAN_LENGTHS =
  'NO15 BE16 DK18 FI18 FK18 FO18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21 LI21 LV21 ' +
  'BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 ' +
  'SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 ' +
  'GT28 HN28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC32 LC32 RU33';

/** A country and as many characters as its IBANs have, all together or in groups of four. */
export const IBAN_PATTERN: RegExp = ibanPattern();

function ibanPattern(): RegExp {
  const countries = new Map<number, string[]>();
  for (const entry of IBAN_LENGTHS.split(' ')) {
    const length = Number(entry.slice(2));
    countries.set(length, [...(countries.get(length) ?? []), entry.slice(0, 2)]);
  }
  const alternatives = [...countries].map(([length, codes]) => {
    const rest = length % 4;
    const last = rest === 0 ? '' : `\\1[A-Z0-9]{${rest}}`;
    return `(?:${codes.join('|')})\\d\\d(?=([ \\u00a0-]?))(?:\\1[A-Z0-9]{4}){${Math.floor(length / 4) - 1}}${last}`;
  });
  // Each alternative has its separator as a group of its own.
  const numbered = alternatives.map((alternative, index) => alternative.replaceAll('\\1', `\\${index + 1}`));
  return new RegExp(
    `(?:(?<![A-Z0-9])|(?<=\\\\[nrt]|%[0-9A-F]{2}))(?=[A-Z]{2}\\d\\d)(?:${numbered.join('|')})(?![A-Z0-9])`,
    'gi',
  );
}

/** Whether the check digits of an IBAN are right: ISO 13616, modulo 97. */
export function isIban(text: string): boolean {
  const characters = text.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  let remainder = 0;
  for (const character of characters.slice(4) + characters.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, Mir: first digits, then lengths. */
const ISSUERS: readonly (readonly [digits: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|309|36|38|39)/, [14, 15, 16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:62|81)/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6)/, [13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
];

/** Whether digits, with what is between them, are the number of a payment card: its issuer, its length, its check digit. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return (
    ISSUERS.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits)) &&
    hasLuhnCheckDigit(digits)
  );
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
