import { expandNames } from '../../selection/nodeset.ts';
import { visible } from '../../util/visible.ts';
import type { Finding } from '../address.ts';
import { hostProblem, userProblem } from '../address.ts';
import type { TextPlace } from '../../util/problem.ts';
import type { SourceText } from '../sourceText.ts';
import type { Word } from './words.ts';

/** One node of a list. */
export type HostEntry = {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly place: TextPlace;
};

type Reading = {
  readonly source: SourceText;
  /** User that stands beside the word. */
  readonly login?: string | undefined;
  /** How many more nodes there may be. */
  readonly room: number;
};

/** The nodes of a word such as `root@web[01-20]:2222` or `[2001:db8::1]:22`; none, and a problem, where it is no node. */
export function readEntry(word: Word, { source, login, room }: Reading): HostEntry[] {
  const parts = partsOf(word.text);
  const user = parts.user ?? login;
  const refuse = (finding: Finding): HostEntry[] => {
    source.report(word, { code: 'hosts/host', ...finding });
    return [];
  };
  if (/=|^\[[^\d\s,:-]/.test(word.text)) return refuse(otherKind(word.text));
  if (parts.port !== undefined && (parts.port < 1 || parts.port > 65_535)) {
    return refuse({ message: `${parts.port} is not a port.`, fix: 'Write a number from 1 to 65535.' });
  }
  const account = user === undefined ? undefined : userProblem(user);
  if (account) return refuse(account);
  const { names, complaint } = namesOf(parts, room);
  if (complaint) {
    source.report(placeIn(word, parts, complaint.place), { code: 'hosts/range', ...complaint });
    return [];
  }
  const [bad] = names.flatMap((name) => hostProblem(name) ?? []);
  if (bad) return refuse(bad);
  const rest = { ...(user !== undefined && { user }), ...(parts.port !== undefined && { port: parts.port }) };
  return names.map((host) => ({ host, ...rest, place: { start: word.start, end: word.end } }));
}

type Parts = {
  readonly user?: string;
  /** Name or address with ranges, and where it begins in the word. */
  readonly host: string;
  readonly at: number;
  readonly isAddress: boolean;
  readonly port?: number;
};

function partsOf(text: string): Parts {
  const sign = text.lastIndexOf('@');
  const rest = text.slice(sign + 1);
  const user = sign === -1 ? {} : { user: text.slice(0, sign) };
  const address = /^\[([^\]]*:[^\]]*)\](?::(\d{1,9}))?$/.exec(rest);
  const named = /^([^:]*):(\d{1,9})$/.exec(rest);
  const digits = address?.[2] ?? named?.[2];
  const port = digits === undefined ? {} : { port: Number(digits) };
  const host = address?.[1] ?? named?.[1] ?? rest;
  const isAddress = address !== null || /^[^[\]]*:[^[\]]*:[^[\]]*$/.test(host);
  return { ...user, host, at: sign + 1, isAddress, ...port };
}

type RangeComplaint = { readonly message: string; readonly fix?: string; readonly place?: TextPlace };

function namesOf(
  { host, isAddress }: Parts,
  room: number,
): { names: readonly string[]; complaint?: RangeComplaint } {
  if (isAddress || !/[[\]]/.test(host)) return { names: [host] };
  const { names, problems } = expandNames(host, room);
  const [problem] = problems;
  if (!problem) return { names };
  const { message, fix, range } = problem;
  return {
    names: [],
    complaint: { message, ...(fix !== undefined && { fix }), ...(range && { place: range }) },
  };
}

function placeIn(word: Word, parts: Parts, place: TextPlace | undefined): TextPlace {
  if (!place) return word;
  const from = word.start + parts.at;
  return { start: from + place.start, end: Math.min(from + place.end, word.end) };
}

/** Ansible's `[group]` and `key=value`. */
function otherKind(text: string): Finding {
  const message = `"${visible(text.slice(0, 60))}" is not a node.`;
  return { message, fix: 'A list has names only; read an Ansible inventory as "ansible".' };
}
