import fc from 'fast-check';
import { foldNames } from '../../../../core/selection/nodeset.ts';

/** Names of the nodes that {@link writtenInventory} may have. */
export const names = [
  'web01',
  'web02',
  'web03',
  'web04',
  'db1',
  'db2',
  'cache',
  'r1-n1',
  'r1-n2',
  '012',
  'a.b.c',
  'x::y',
];
export const tags = ['canary', 'prod', 'null', '7'];
export const groupNames = ['front', 'site', 'null', 'inner'];

type Style = {
  readonly quote: string;
  readonly flow: boolean;
  readonly comment: boolean;
  readonly tight: boolean;
};
const style: fc.Arbitrary<Style> = fc.record({
  quote: fc.constantFrom('', "'", '"'),
  flow: fc.boolean(),
  comment: fc.boolean(),
  tight: fc.boolean(),
});

/** `quote` is for where nothing else is needed; in braces a range has quotes. */
function written(text: string, { quote }: Style, inFlow: boolean): string {
  const isPlain = /^[a-z][\w.-]*$/.test(text) && text !== 'null';
  const isBlockPlain = /^[a-z0-9][\w.,[\]-]*(?:, [\w.,[\]-]+)*$/.test(text) && text !== 'null';
  if (quote !== '') return `${quote}${text}${quote}`;
  return (inFlow ? isPlain : isBlockPlain) ? text : `"${text}"`;
}

let comments = 0;
function comment(isWanted: boolean): string {
  comments += 1;
  return isWanted ? ` # c${comments}, "x": [y]` : '';
}

/** A value that is one text or a list, as lines: the first goes behind the colon. */
function listLines(items: readonly string[], how: Style, indent: string): string[] {
  if (items.length === 1 && how.tight)
    return [` ${written(items[0] ?? '', how, false)}${comment(how.comment)}`];
  if (how.flow || items.length === 0) {
    const inner = items.map((item) => written(item, how, true)).join(how.tight ? ',' : ', ');
    return [` [${inner}]${comment(how.comment)}`];
  }
  const step = how.tight ? '' : '  ';
  return [
    comment(how.comment),
    ...items.map((item) => `${indent}${step}- ${written(item, how, false)}${comment(how.comment)}`),
  ];
}

function flowList(items: readonly string[], how: Style): string {
  if (items.length === 1 && how.tight) return written(items[0] ?? '', how, true);
  return `[${items.map((item) => written(item, how, true)).join(', ')}${how.tight && items.length > 0 ? ',' : ''}]`;
}

const chunk = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  style,
  tagged: fc.subarray(tags),
  kind: fc.nat(4),
});
const set = fc.record({
  style,
  isIn: fc.subarray(names),
  inner: fc.boolean(),
  tagged: fc.subarray(tags, { maxLength: 1 }),
  kind: fc.nat(3),
  split: fc.boolean(),
});

type Chunk = { size: number; style: Style; tagged: string[]; kind: number };
type Group = { style: Style; isIn: string[]; inner: boolean; tagged: string[]; kind: number; split: boolean };

function nodeLines(own: readonly string[], { style: how, tagged, kind }: Chunk): string[] {
  const key = foldNames(own);
  const block = `  ${written(key, how, false)}:`;
  if (kind === 0) return [`${block}${comment(how.comment)}`];
  if (kind === 1 && own.length === 1) return [`${block} me@10.0.0.1:2222${comment(how.comment)}`];
  if (kind === 2)
    return [`${block} { user: me, tags: ${flowList(tagged, how)}, port: 22 }${comment(how.comment)}`];
  const [first = '', ...more] = listLines(tagged, how, '    ');
  return [
    `${block}${comment(how.comment)}`,
    `    user: me${comment(how.comment)}`,
    `    tags:${first}`,
    ...more,
    '    port: 22',
  ];
}

function groupLines(name: string, group: Group, inner: readonly string[]): string[] {
  const { style: how, isIn, tagged, kind, split } = group;
  const texts = split ? isIn : isIn.length === 0 ? [] : [foldNames(isIn)];
  const key = `  ${written(name, how, false)}:`;
  const needsMap = tagged.length > 0 || inner.length > 0;
  if (kind === 0 && !needsMap) {
    if (texts.length === 0) return [`${key}${comment(how.comment)}`];
    const [first = '', ...more] = listLines(texts, how, '  ');
    return [key + first, ...more];
  }
  const hasNodes = texts.length > 0 || how.tight;
  if (kind === 1) {
    const parts = [
      ...(hasNodes ? [`nodes: ${flowList(texts, how)}`] : []),
      ...(inner.length > 0 ? [`groups: [${inner.join(', ')}]`] : []),
      ...(tagged.length > 0 ? [`tags: ${flowList(tagged, how)}`] : []),
    ];
    return [parts.length === 0 ? `${key} {}` : `${key} { ${parts.join(', ')} }${comment(how.comment)}`];
  }
  const [first = '', ...more] = listLines(texts, how, '    ');
  return [
    `${key}${comment(how.comment)}`,
    `    vars: { x: 1 }${comment(how.comment)}`,
    ...(hasNodes ? [`    nodes:${first}`, ...more] : []),
    ...(inner.length > 0 ? [`    groups: [${inner.join(', ')}]`] : []),
    ...(tagged.length > 0 ? [`    tags: ${flowList(tagged, how)}`] : []),
  ];
}

/** Texts of inventories in all styles that people use. */
export const writtenInventory: fc.Arbitrary<string> = fc
  .record({
    chunks: fc.array(chunk, { minLength: 8, maxLength: 12 }),
    groups: fc.array(set, { maxLength: 4 }),
    tagMap: fc.array(fc.record({ style, isIn: fc.subarray(names), split: fc.boolean() }), { maxLength: 3 }),
    tagStyle: fc.nat(3),
    crlf: fc.boolean(),
    end: fc.constantFrom('', '\n', '\n# the end\n'),
    order: fc.boolean(),
  })
  .map(({ chunks, groups, tagMap, tagStyle, crlf, end, order }) => {
    const nodes: string[] = [];
    let at = 0;
    for (const each of chunks) {
      const own = names.slice(at, at + each.size);
      at += each.size;
      if (own.length > 0) nodes.push(...nodeLines(own, each));
    }
    if (at < names.length) nodes.push(...names.slice(at).map((name) => `  "${name}":`));
    const sets = groups.flatMap((group, index) => {
      const inner =
        group.inner && index > 0 ? [groupNames[index - 1] ?? ''].filter((name) => name !== 'null') : [];
      return groupLines(groupNames[index] ?? '', group, inner);
    });
    const labels = tagMap.flatMap(({ style: how, isIn, split }, index) => {
      const texts = split || isIn.length === 0 ? isIn : [foldNames(isIn)];
      const [first = '', ...more] = listLines(texts, how, '  ');
      return [`  ${written(tags[index] ?? '', how, false)}:${first}`, ...more];
    });
    const inBraces = tagMap.map(
      ({ style: how, isIn }, index) => `${written(tags[index] ?? '', how, true)}: ${flowList(isIn, how)}`,
    );
    const tagLines =
      tagStyle === 0
        ? []
        : tagStyle === 1
          ? [`tags: { ${inBraces.join(', ')} } # in braces`]
          : ['tags: # by name', ...labels];
    const parts = [
      ['nodes: # all of them', '  # the first', ...nodes],
      ...(sets.length > 0 ? [['groups:', ...sets]] : []),
    ];
    const lines = ['# mine', 'version: 1', '', ...(order ? parts : parts.toReversed()).flat(), ...tagLines];
    return `${lines.join('\n')}${end}`.replaceAll('\n', crlf ? '\r\n' : '\n');
  });
