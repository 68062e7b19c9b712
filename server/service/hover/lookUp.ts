import { fieldText, rootTexts } from '../../../core/playbook/template/fieldTexts.ts';
import { slotAt } from '../../../core/schema/slot.ts';
import { cursorAt } from '../cursor/cursor.ts';
import { expressionBefore } from '../cursor/expression.ts';
import type { MusterDocument } from '../document.ts';
import { plain } from '../markdown.ts';

/** A word of an expression with what it stands for; offsets of the document, `end` exclusive. */
export type LookUp = { readonly start: number; readonly end: number; readonly text: string };

/** What `node`, `node.host`, `steps.x.stdout` and the like are, where one of their words is at an offset. */
export function lookUpAt({ document, schema }: MusterDocument, offset: number): LookUp | undefined {
  const text = document.getText();
  const [left = ''] = /[A-Za-z_]*$/.exec(text.slice(Math.max(0, offset - 100), offset)) ?? [];
  const [right = ''] = /^[A-Za-z_]*/.exec(text.slice(offset, offset + 100)) ?? [];
  const word = left + right;
  const end = offset + right.length;
  const cursor = word === '' ? undefined : cursorAt(text, end);
  const slot = cursor && slotAt(schema, cursor.path);
  const written = cursor && slot && expressionBefore({ document, text, offset: end, cursor, slot });
  if (written === undefined) return undefined;
  const [, path = ''] = /(?:^|[^\w.'"])((?:\w+\.)*)\w+$/.exec(written) ?? [undefined, undefined];
  const about = aboutOf(path.split('.').slice(0, -1), word, written);
  return about === undefined ? undefined : { start: offset - left.length, end, text: about };
}

function aboutOf(path: readonly string[], word: string, written: string): string | undefined {
  const [root = '', , third] = path;
  // Inside of a text in quotes nothing is looked up.
  if (/['"]\w*$/.test(written)) return undefined;
  if (path.length === 0) {
    const text = Object.hasOwn(rootTexts, word) ? rootTexts[word as keyof typeof rootTexts] : undefined;
    return text && `**${plain(word)}**\n\n${text}`;
  }
  const isField =
    ((root === 'node' || root === 'batch' || root === 'result') && path.length === 1) ||
    ((root === 'steps' || root === 'vars') && path.length === 2 && third === undefined);
  const text = isField ? fieldText(root, word) : undefined;
  return text && `**${plain([...path, word].join('.'))}**\n\n${text}`;
}
