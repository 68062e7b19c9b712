import { visible } from '../../util/visible.ts';
import type { InventoryPart, ParseInput, PartNode } from '../part.ts';
import { emptyPart, mostNodes, undescribed } from '../part.ts';
import type { HostEntry } from './entry.ts';
import { readEntry } from './entry.ts';
import { lineReader } from './logins.ts';
import type { SourceText } from '../sourceText.ts';
import { readSourceText } from '../sourceText.ts';
import type { WordLine } from './words.ts';
import { wordLinesOf } from './words.ts';

/** UTF-16 units of one line. */
const longestLine = 1_000_000;

/**
 * Reads a list of nodes: `[user@]name[:port]` with ranges, one or several on a line, `#` comments. The files of pdsh
 * and pssh are such lists; in those of pssh a second word on the line is the user (pssh(1), HOST FILE FORMAT).
 */
export function parseHosts(input: ParseInput): InventoryPart {
  const source = readSourceText(input, 'hosts');
  if (isTooLong(source)) return { ...emptyPart, problems: source.problems };
  const entries = readEntries(source, input.user);
  const nodes = nodesOf(entries, source);
  return { ...emptyPart, nodes, problems: source.problems };
}

/** Counted before anything is read: a list of a million names should not take a million nodes to refuse. */
function isTooLong(source: SourceText): boolean {
  let lines = 0;
  for (let at = 0; at < source.text.length;) {
    const end = source.text.indexOf('\n', at);
    const next = end === -1 ? source.text.length : end;
    const place = { start: at, end: next };
    if (next - at > longestLine) {
      const message = `The line has more than ${longestLine.toLocaleString('en')} characters.`;
      source.report({ start: at, end: at }, { code: 'hosts/too-long', message, fix: 'Divide it.' });
      return true;
    }
    if (!/^\s*(?:#|$)/.test(source.text.slice(at, Math.min(next, at + 20)))) lines++;
    if (lines > mostNodes) {
      source.report(place, { code: 'hosts/too-many', ...tooMany });
      return true;
    }
    at = next + 1;
  }
  return false;
}

function readEntries(source: SourceText, user: string): HostEntry[] {
  const lines = wordLinesOf(source.text);
  const readLine = lineReader(lines, user);
  const entries: HostEntry[] = [];
  for (const line of lines) {
    if (entries.length >= mostNodes) {
      source.report(line, { code: 'hosts/too-many', ...tooMany });
      break;
    }
    const reading = readLine(line);
    if (reading.kind === 'unclear' || reading.kind === 'address') {
      reportUnclear(source, line, reading.kind);
      continue;
    }
    const login = reading.kind === 'login' ? reading.user : undefined;
    for (const word of login === undefined ? line.words : line.words.slice(0, 1)) {
      const found = readEntry(word, { source, login, room: mostNodes });
      for (const entry of found) entries.push(entry);
    }
  }
  return entries;
}

function reportUnclear(source: SourceText, line: WordLine, kind: 'unclear' | 'address'): void {
  const [first, second] = line.words.map(({ text }) => visible(text.slice(0, 60)));
  const place = line.words[1] ?? line;
  if (kind === 'address') {
    const message = `"${second}" is the name of ${first}, as in /etc/hosts, or a node of its own.`;
    const fix = 'Write one of them, or a comma between nodes.';
    source.report(place, { code: 'hosts/unclear', message, fix });
    return;
  }
  const message = `"${second}" may be a node or the user of ${first}.`;
  const fix = `Write ${second}@${first} for a user, or a comma between nodes.`;
  source.report(place, { code: 'hosts/unclear', message, fix });
}

const tooMany = {
  message: `The file lists more than ${mostNodes.toLocaleString('en')} nodes.`,
  fix: 'Split it.',
};

/** A name that stands there with several ports is several nodes, each called `name:port`. */
function nodesOf(entries: readonly HostEntry[], source: SourceText): PartNode[] {
  const ports = new Map<string, Set<number | undefined>>();
  for (const { host, port } of entries) ports.set(host, (ports.get(host) ?? new Set()).add(port));
  const nodes = new Map<string, { node: PartNode; entry: HostEntry }>();
  for (const entry of entries) {
    const isShared = (ports.get(entry.host)?.size ?? 0) > 1;
    const name = isShared && entry.port !== undefined ? `${entry.host}:${entry.port}` : entry.host;
    const known = nodes.get(name);
    if (!known) nodes.set(name, { node: nodeOf(name, entry, source), entry });
    else if (known.entry.user !== entry.user) reportOtherUser(source, entry, known.entry);
  }
  return [...nodes.values()].map(({ node }) => node);
}

function reportOtherUser(source: SourceText, entry: HostEntry, known: HostEntry): void {
  const { line } = source.rangeOf(known.place);
  const message = `Node "${entry.host}" is there already, on line ${line}, with another user.`;
  source.report(entry.place, { code: 'hosts/repeated-node', message, fix: 'Keep one of them.' });
}

function nodeOf(name: string, entry: HostEntry, source: SourceText): PartNode {
  const range = source.rangeOf(entry.place);
  const { host, user, port } = entry;
  return {
    ...undescribed,
    name,
    place: { range },
    settings: {
      ...(host !== name && { host: { value: host, range } }),
      ...(user !== undefined && { user: { value: user, range } }),
      ...(port !== undefined && { port: { value: port, range } }),
    },
  };
}
