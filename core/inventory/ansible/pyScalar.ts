import type { Value } from '../../schema/value.ts';

/**
 * The value of a plain scalar as PyYAML's safe loader resolves it (YAML 1.1 types): `yes` and `on` are true, `0777` is
 * octal, `1:30` is sexagesimal, `1e3` without a point is text, a date stays the text that JSON shows of it.
 */
export function plainScalar(text: string): Value {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true;
  if (/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false;
  return integer(text) ?? float(text) ?? text;
}

function integer(text: string): number | undefined {
  const [, sign, rest = ''] = /^([-+]?)(\d[\d_a-fA-FxXbB:]*)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const digits = rest.replaceAll('_', '');
  const value = unsigned(rest, digits);
  return value === undefined ? undefined : (sign === '-' ? -value : value) + 0;
}

function unsigned(written: string, digits: string): number | undefined {
  if (/^0b[01_]+$/.test(written)) return Number.parseInt(digits.slice(2), 2);
  if (/^0x[\da-fA-F_]+$/.test(written)) return Number.parseInt(digits.slice(2), 16);
  if (/^0[0-7_]+$/.test(written)) return Number.parseInt(digits, 8);
  if (/^(?:0|[1-9][\d_]*)$/.test(written)) return Number(digits);
  if (/^[1-9][\d_]*(?::[0-5]?\d)+$/.test(written)) return sexagesimal(digits);
  return undefined;
}

function float(text: string): number | undefined {
  if (
    /^[-+]?(?:\d[\d_]*)\.[\d_]*(?:[eE][-+]\d+)?$/.test(text) ||
    /^[-+]?\.\d[\d_]*(?:[eE][-+]\d+)?$/.test(text)
  ) {
    return Number(text.replaceAll('_', ''));
  }
  if (/^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/.test(text)) {
    const digits = text.replaceAll('_', '');
    return digits.startsWith('-') ? -sexagesimal(digits.slice(1)) : sexagesimal(digits.replace(/^\+/, ''));
  }
  return undefined;
}

/** Base 60, the last place with its fraction. */
function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
