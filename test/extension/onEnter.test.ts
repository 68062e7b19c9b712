import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/repository.ts';

type Rule = { beforeText: string; action: { indent: string; appendText?: string } };

/** What a new line begins with, beside the indentation of the line above. */
function behind(line: string): string {
  const text = readFileSync(join(root, 'media/language-configuration.json'), 'utf8');
  const { onEnterRules } = JSON.parse(text) as { onEnterRules: readonly Rule[] };
  const action = onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line))?.action;
  return action?.indent === 'indent' ? '  ' : (action?.appendText ?? '');
}

describe('a new line in the editor', () => {
  const table: readonly (readonly [line: string, begins: string])[] = [
    ['  - run: uptime', '  '],
    ['  - id: a # first', '  '],
    ['  - run: |', '    '],
    ['  - block:', '    '],
    ['    run: |-', '  '],
    ['    run: uptime', ''],
    ['  - web01', '- '],
    ['  - ', ''],
    ['    timeout: 30s', ''],
    ['# - a: |', ''],
    ['steps:', '  '],
    ['  web[01-12].example.com:', '  '],
    ["  '10.0.0.1:2222': ", '  '],
    ['# steps:', ''],
    ['  web01: { tags: [a:', ''],
  ];
  for (const [line, begins] of table) {
    it(`begins with ${JSON.stringify(begins)} behind ${JSON.stringify(line)}`, () => {
      assert.equal(behind(line), begins);
    });
  }
});
