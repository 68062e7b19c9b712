import type { Token, TokenType } from './legend.ts';

const pieces =
  /(?<pattern>(?:(?:node|group|tag):|@)?~\/(?:[^\\/]|\\.)*\/i?)|(?<group>@[^\s,&^!()]+|group:[^\s,&^!()]+)|(?<tag>tag:[^\s,&^!()]+)|(?<fact>(?:fact|source|file):[^\s,&^!()]+)|(?<operator>[,&^!()])|(?<word>\b(?:all|none)\b(?![\w.-]))|(?<node>(?:\[[\d,/-]*\]|[^\s,&^!()"])+)/g;

const typeOf: Readonly<Record<string, TokenType>> = {
  pattern: 'regexp',
  group: 'class',
  tag: 'decorator',
  fact: 'property',
  operator: 'operator',
  word: 'keyword',
  node: 'type',
};

/** The parts of a selection as they are written; also of one that is half typed. */
export function selectionTokens(written: string, start: number): readonly Token[] {
  return [...written.matchAll(pieces)].flatMap(({ index, 0: text, groups = {} }): Token[] => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
    const type = typeOf[kind];
    return type ? [{ start: start + index, end: start + index + text.length, type }] : [];
  });
}
