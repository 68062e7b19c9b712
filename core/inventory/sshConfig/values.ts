import { type Kind, words } from './keywords.ts';
import { readJump } from './jump.ts';

/** Why ssh would refuse a value; undefined where it takes it. */
export function valueProblem(keyword: string, kind: Kind, values: readonly string[]): string | undefined {
  const [value = ''] = values;
  const isList = kind === 'words' && !single.has(keyword);
  if (values.length > 1 && !isList && kind !== 'jump') return `"${keyword}" has more than one value.`;
  if (typeof kind !== 'string') {
    return kind.includes(value.toLowerCase()) ? undefined : `"${keyword}" can not be "${value}".`;
  }
  if (keyword === 'obscurekeystroketiming' && !/^(?:yes|no|true|false|interval:\d{1,9})$/i.test(value))
    return `"${keyword}" is yes, no or interval:MILLISECONDS, not "${value}".`;
  switch (kind) {
    case 'flag':
      return /^(?:yes|no|true|false)$/i.test(value)
        ? undefined
        : `"${keyword}" is yes or no, not "${value}".`;
    case 'port':
      return isPort(value) ? undefined : `"${value}" is no port.`;
    case 'number':
      return /^-?\d{1,10}$/.test(value) ? undefined : `"${keyword}" is a number, not "${value}".`;
    case 'time':
      return parseSeconds(value) === undefined && value !== 'none'
        ? `"${keyword}" is a time, not "${value}".`
        : undefined;
    case 'jump':
      return readJump(values.join(' ')) ? undefined : `"${values.join(' ')}" is no jump host.`;
    default:
      return undefined;
  }
}

/** Keywords that take exactly one word. */
const single = new Set(
  words(`
  hostname user hostkeyalias identityfile certificatefile identityagent controlpath bindaddress
  bindinterface xauthlocation loglevel ciphers macs kexalgorithms hostkeyalgorithms forwardagent
  pkcs11provider securitykeyprovider revokedhostkeys preferredauthentications escapechar
  syslogfacility tag obscurekeystroketiming
`),
);

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of a time as sshd_config(5) writes it: `600`, `10m`, `1h30m`. */
export function parseSeconds(text: string): number | undefined {
  if (!/^(?:\d{1,9}[smhdwSMHDW]?)+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([a-z]?)/gi)].reduce(
    (sum, [, digits = '', unit = '']) => sum + Number(digits) * (unitSeconds[unit.toLowerCase() || 's'] ?? 1),
    0,
  );
}
