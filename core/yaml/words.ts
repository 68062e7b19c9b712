/** What the YAML library finds, in words for people. */
type Said = {
  readonly message: string;
  readonly fix: string;
  /** Where it is another mistake for people than for the library. */
  readonly code?: string;
  /** It may come from a slip of spaces on this line, or on one above it. */
  readonly isLayout?: true;
};

const noColon = {
  message: 'This is no key: it has no colon.',
  fix: 'Write ":" behind it, or take it out.',
  isLayout: true,
} as const;
/** A line whose place fits nothing above it. */
export const strangeIndent = {
  code: 'yaml/bad-indent',
  message: 'The line is indented like nothing that it could belong to.',
  fix: 'Give it the spaces of the lines that it belongs to.',
} as const;

const outOfPlace = { ...strangeIndent, isLayout: true } as const;

/** A tab where only spaces count. */
export const tabIndent = {
  code: 'yaml/tab-as-indent',
  message: 'Tabs are not allowed as indentation.',
  fix: 'Indent with spaces.',
};

/** By how the library begins. */
const said: readonly (readonly [start: RegExp, said: Said])[] = [
  [
    /^Nested mappings are not allowed/,
    {
      message: 'A colon and a space begin a value, and this one has one already.',
      fix: 'Quote the text, or write it on a line of its own below "|".',
    },
  ],
  [
    /^A block sequence may not be used as an implicit map key/,
    { ...outOfPlace, fix: 'Write it below a key, or give it the spaces of the list that it belongs to.' },
  ],
  [/^Implicit keys need to be on a single line/, noColon],
  [/^Implicit map keys need to be followed by map values/, noColon],
  [/^Sequence item without - indicator/, outOfPlace],
  [/^All (?:mapping|sequence) items must start at the same column/, outOfPlace],
  [
    /^Block scalar lines must not be less indented/,
    {
      message: 'The line is indented less than the text that it belongs to.',
      fix: 'Give it at least the spaces of the first line of the text.',
    },
  ],
  [
    /^(?:Missing , (?:or : )?between|Unexpected empty item in) flow/,
    { message: 'Something is missing between the entries here.', fix: 'Write "," between two entries.' },
  ],
  [
    /^Unexpected .* at node end/,
    {
      message: 'Something stands here behind the end of a value.',
      fix: 'Quote the value as a whole, or take what is behind it out.',
    },
  ],
  [
    /^Missing space after :/,
    { message: 'A space is missing behind the colon.', fix: 'Write ": " between a key and its value.' },
  ],
  [
    /^Comments must be separated/,
    { message: 'A comment begins with a space and "#".', fix: 'Write a space before "#".' },
  ],
];

/** What a message of the library means; undefined where its own words have to do. */
export function inWords(message: string): Said | undefined {
  return said.find(([start]) => start.test(message))?.[1];
}
