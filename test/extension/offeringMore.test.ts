import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode';
import { offeringMore } from '../../extension/features/offeringMore.ts';

/** What an item puts in, and whether the list opens again behind it. */
const table: readonly (readonly [insertText: CompletionItem['insertText'], again: boolean])[] = [
  [snippet('targets: $0'), true],
  [snippet('strategy:\n  $0'), true],
  [snippet('\n  mode: $0'), true],
  [snippet('steps:\n  - $0'), true],
  [snippet('waves: [$0]'), true],
  [snippet('copy:\n  from: $1\n  to: $2'), true],
  [snippet('{ wait: { $0 } }'), true],
  ['./files/', true],
  ['./files/audit.sh', false],
  [snippet('mode: ${1|parallel,rolling|}'), false],
  [snippet('"@frontend$0"'), false],
  [snippet('id: ${1:id}\nrun: ${2:command}'), false],
  [undefined, false],
];

function snippet(
  value: string,
): { value: string } & Exclude<CompletionItem['insertText'], string | undefined> {
  return { value } as ReturnType<typeof snippet>;
}

describe('offers that lead to others', () => {
  for (const [insertText, again] of table) {
    it(`${again ? 'open' : 'do not open'} the list again: ${JSON.stringify(insertText)}`, () => {
      const item = { label: 'x', insertText } as CompletionItem;
      assert.deepEqual(offeringMore([item]), [item]);
      assert.deepEqual(item.command?.command, again ? 'editor.action.triggerSuggest' : undefined);
    });
  }

  it('are those of a list too, and nothing is none', () => {
    const item = { label: 'x', insertText: './files/' } as CompletionItem;
    offeringMore({ items: [item] });
    assert.deepEqual(item.command?.arguments, [{ auto: true }]);
    assert.equal(offeringMore(undefined), undefined);
  });
});
