import type { ExecutionState } from '../executionState.ts';

/** What is a node's own, and so differs from node to node although the answer is the same. */
export type Own = {
  /** Names that it has: in the inventory, short and long. */
  readonly names: readonly string[];
  /** Addresses that it is reached by. */
  readonly addresses: readonly string[];
};

/** The node of an execution, and where it was reached. */
export function ownOf({ node, connection }: Pick<ExecutionState, 'node' | 'connection'>): Own {
  return { names: [node], addresses: connection === undefined ? [] : [connection.host] };
}

/** A pattern of a person's, beside those that are built in. */
export type OwnPattern = { readonly name: string; readonly pattern: string };

/** A line without what differs from node to node or from second to second. */
export type Mask = (line: string) => string;

export const noMask: Mask = (line) => line;

/** A text that was masked, with three dots for what was a node's own. */
export function withoutMasks(text: string): string {
  return text.replace(masked, '…');
}

const masked = /‹[^‹›]{1,40}›/g;

/** Longest text that is looked at in one piece, in UTF-16 units: what a regular expression costs stays in proportion. */
const pieceLength = 4096;

type Kind = { readonly name: string; readonly pattern: string };

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = String.raw`[0-2]?\d:[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|CES?T|[+-]\d{2}:?\d{2}))?`;
const day = String.raw`(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d`;
const start = '(?<![0-9A-Za-z])';
const end = '(?![0-9A-Za-z])';

/**
 * In the order in which they are tried at a place. Every repetition has a limit or is of one class of characters that
 * its follower is not in, so a line is masked in a time that is proportional to its length.
 */
const kinds: readonly Kind[] = [
  { name: 'uuid', pattern: '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}' },
  { name: 'mac', pattern: '(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}' },
  { name: 'time', pattern: `${day}(?:T| {1,2})${clock}${zone}` },
  { name: 'date', pattern: day },
  {
    name: 'time',
    pattern: `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,2})?(?:${month} {1,2}[0-3]?\\d|[0-3]?\\d ${month})(?: (?:19|20)\\d\\d)? ${clock}${zone}(?: (?:19|20)\\d\\d)?`,
  },
  {
    name: 'date',
    pattern: `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,2})?(?:${month} {1,2}[0-3]?\\d|[0-3]?\\d ${month})(?:,? (?:19|20)\\d\\d)?`,
  },
  { name: 'time', pattern: `${clock}(?: ?[AP]M)?${zone}` },
  {
    name: 'duration',
    pattern: String.raw`\d{1,12}(?:\.\d{1,9})? ?(?:ns|us|µs|ms|sec(?:onds?|s)?|s|min(?:utes?|s)?|m|hours?|hrs?|h|days?|d|weeks?|months?)`,
  },
  { name: 'id', pattern: '0x[0-9a-fA-F]{4,64}' },
  { name: 'id', pattern: '(?=[0-9]{0,63}[a-f])(?=[a-f]{0,63}[0-9])[0-9a-f]{12,64}' },
];

/** A pid stands behind its word, or in brackets behind the name of a program: `pid 12`, `sshd[12]`. */
const pid = String.raw`(?<=\bpid[ =:]{1,2}|\bPID[ =:]{1,2}|[A-Za-z_)-]\[)\d{1,10}(?=\D|$)`;

const builtIn = kinds.map(({ pattern }) => `${start}(?:${pattern})${end}`);

/**
 * A mask for the lines of one node: its names and addresses become `‹node›`, times `‹time›`, and so on. Whole words
 * only, so that the node `web1` does not change `web10`.
 */
export function createMask(own: Own, patterns: readonly OwnPattern[] = []): Mask {
  const words = [...new Set([...own.names.flatMap(namesOf), ...own.addresses])]
    .filter((word) => word.length > 1 && !/^\d+$/.test(word))
    .toSorted((a, b) => b.length - a.length);
  const mine = words.length === 0 ? [] : [`${start}(?:${words.map(escaped).join('|')})${end}`];
  const names = [
    ...mine.map(() => 'node'),
    ...patterns.map(({ name }) => name),
    ...kinds.map(({ name }) => name),
    'pid',
  ];
  const all = [...mine, ...patterns.map(({ pattern }) => pattern), ...builtIn, pid];
  const expression = new RegExp(all.map((each) => `(${each})`).join('|'), 'gu');
  const replaced = (...[, ...groups]: (string | undefined)[]): string =>
    `‹${names[groups.findIndex((each, at) => each !== undefined && at < names.length)] ?? 'masked'}›`;
  const maskPiece: Mask = (piece) => uncoloured(piece).replace(expression, replaced);
  return (line) => (line.length <= pieceLength ? maskPiece(line) : piecesOf(line).map(maskPiece).join(''));
}

const escape = String.fromCharCode(27);
const controlSequence = new RegExp(`${escape}\\[[0-?]{0,32}[ -/]?[@-~]`, 'g');

/** Without the sequences that set colours and move the cursor (ECMA-48, 5.4). */
function uncoloured(text: string): string {
  return text.includes(escape) ? text.replace(controlSequence, '') : text;
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** `web1.example.com` is also `web1`. */
function namesOf(name: string): readonly string[] {
  const [first = name] = name.split('.');
  return /^[\d.]+$/.test(name) ? [name] : [name, first];
}

function piecesOf(line: string): readonly string[] {
  return Array.from({ length: Math.ceil(line.length / pieceLength) }, (_, at) =>
    line.slice(at * pieceLength, (at + 1) * pieceLength),
  );
}
