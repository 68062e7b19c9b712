import { isCollection, isScalar, LineCounter, parseDocument, Scalar, visit } from 'yaml';

/**
 * Lines (from 0) that are inside of something that began on an earlier one, by the line on which that began: `text` of a
 * block scalar, where spaces count, or the rest of a flow collection or of text that is folded.
 */
export type ContinuedLines = ReadonlyMap<number, { readonly from: number; readonly isText: boolean }>;

export function continuedLines(text: string): ContinuedLines {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const found = new Map<number, { from: number; isText: boolean }>();
  const mark = (range: readonly [number, number, number] | null | undefined, isText: boolean): void => {
    if (!range) return;
    const [start, end] = range;
    const from = lines.linePos(start).line - 1;
    const last = lines.linePos(Math.max(start, end - 1)).line - 1;
    for (let line = from + 1; line <= last; line += 1)
      if (!found.has(line)) found.set(line, { from, isText });
  };
  visit(document, (_key, node) => {
    if (isScalar(node)) {
      mark(node.range, node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL);
      return undefined;
    }
    if (!isCollection(node) || !node.flow) return undefined;
    mark(node.range, false);
    return visit.SKIP;
  });
  return found;
}
