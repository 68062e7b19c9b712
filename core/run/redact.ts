/** Takes secrets out of a stream, wherever its chunks are cut. */
export type Redactor = {
  /** The bytes that can be passed on now; what may be the start of a secret is held back. */
  take(chunk: Uint8Array): Uint8Array;
  /** What is still held, when the stream has ended. */
  rest(): Uint8Array;
};

/** The secrets of a batch; more may come while it runs. */
export type Secrets = {
  add(secret: string): void;
  isEmpty(): boolean;
  redactor(): Redactor;
  /** The text without secrets. */
  redact(text: string): string;
};

/** Shorter ones are not looked for: they would blank out half of all output, and hide nothing. */
export const leastSecretLength = 4;
const stars = '********';

export function createSecrets(): Secrets {
  const known = new Set<string>();
  let finder: Finder | undefined;
  return {
    add(secret) {
      if (known.has(secret) || secret.length < leastSecretLength) return;
      known.add(secret);
      finder = finderOf([...known].flatMap(formsOf));
    },
    isEmpty: () => finder === undefined,
    redactor: () => createRedactor(() => finder),
    redact: (text) => (finder ? fromBytes(toLatin1(utf8(text)).replace(finder.whole, stars)) : text),
  };
}

function createRedactor(current: () => Finder | undefined): Redactor {
  let held = '';
  return {
    take(chunk) {
      const finder = current();
      if (!finder) return chunk;
      const given = held + toLatin1(chunk);
      const { passed, rest } = pass(given, finder);
      const isSame = held === '' && passed === given;
      held = rest;
      return isSame ? chunk : toBytes(passed);
    },
    rest() {
      const finder = current();
      const rest = toBytes(finder ? held.replace(finder.whole, stars) : held);
      held = '';
      return rest;
    },
  };
}

/**
 * What can be passed on without secrets, and what has to wait: from the first place on at which a secret may have begun
 * that is not inside one found before. A short secret waits too where it may become a longer one.
 */
function pass(given: string, finder: Finder): { passed: string; rest: string } {
  let passed = '';
  let done = 0;
  let begun = begunAt(given, done, finder);
  const { whole } = finder;
  // matchAll would compile the pattern anew for each chunk.
  whole.lastIndex = 0;
  for (let match = whole.exec(given); match && match.index < begun; match = whole.exec(given)) {
    passed += given.slice(done, match.index) + stars;
    done = match.index + match[0].length;
    if (begun < done) begun = begunAt(given, done, finder);
  }
  return { passed: passed + given.slice(done, begun), rest: given.slice(begun) };
}

/** The first place, `least` or later, from which on a text is the start of a secret; its end where there is none. */
function begunAt(text: string, least: number, { begun, longest }: Finder): number {
  const from = Math.max(least, text.length - longest);
  const at = begun.exec(text.slice(from))?.index;
  return at === undefined ? text.length : from + at;
}

/** All in Latin-1, one character a byte. */
type Finder = {
  readonly whole: RegExp;
  /** The start of a secret at the end of a text. */
  readonly begun: RegExp;
  /** Most characters that the start of a secret has, escape sequences between its characters included. */
  readonly longest: number;
};

/** A control sequence (ECMA-48) between two characters of a secret colours it, and does not hide it. */
const escape = '(?:\\x1b\\[[0-?]{0,16}[ -/]{0,4}[@-~])';
const escapeBegun = '(?:\\x1b(?:\\[[0-?]{0,16}[ -/]{0,4})?)?';
const longestEscape = 23;

function finderOf(forms: readonly string[]): Finder {
  const sorted = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const whole = sorted.map((form) => form.split('').map(quoted).join(`${escape}*`)).join('|');
  const begun = sorted.map((form) => begunOf(form.split(''))).join('|');
  return {
    whole: new RegExp(whole, 'g'),
    begun: new RegExp(`(?:${begun})$`),
    longest: (sorted[0]?.length ?? 0) * (longestEscape + 1),
  };
}

/** `abc` as `a(?:E*b)?E*…`: any start of it, but not all of it. */
function begunOf([first = '', ...others]: readonly string[]): string {
  const rest = others
    .slice(0, -1)
    .reduceRight((inner, character) => `(?:${escape}*${quoted(character)}${inner})?`, '');
  return `${quoted(first)}${rest}${escape}*${escapeBegun}`;
}

function quoted(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** The secret as it is, percent-encoded, and in base64 wherever it begins in what was encoded. */
function formsOf(secret: string): readonly string[] {
  const bytes = utf8(secret);
  const plain = toLatin1(bytes);
  const encoded = [0, 1, 2].map((offset) => base64Core(plain, offset));
  return [
    plain,
    encodeURIComponent(fromBytes(plain)),
    ...encoded.filter((form) => form.length >= leastEncoded),
  ];
}

/** Characters of base64 that depend on nothing but the secret have to be as many as this. */
const leastEncoded = 6;

function base64Core(plain: string, offset: number): string {
  const encoded = btoa('\0'.repeat(offset) + plain).replace(/=+$/, '');
  const from = Math.ceil((offset * 8) / 6);
  const until = Math.floor(((offset + plain.length) * 8) / 6);
  return encoded.slice(from, until);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

function toBytes(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = latin1.charCodeAt(at);
  return bytes;
}

function fromBytes(latin1: string): string {
  return new TextDecoder().decode(toBytes(latin1));
}
