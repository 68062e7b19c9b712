/**
 * Text of nodes, inventories and workspaces with everything made visible that would act or hide: C0 controls become
 * control pictures (`␛`), C1, bidi, zero-width and other format characters their escape (`\u202e`). A tab stays.
 */
export function visible(text: string): string {
  // Nearly all text is plain, and there can be gigabytes of it.
  if (plain.test(text)) return text;
  return text.replace(concealed, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\t') return character;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '␡';
    const digits = code.toString(16);
    return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`;
  });
}

const plain = /^[\t\x20-\x7e]*$/;

/** Controls, format characters, line separators, lone surrogates, and letters that look like nothing. */
const concealed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;
