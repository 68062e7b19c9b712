import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { tokensDelta } from '../../server/service/tokens/delta.ts';
import { tokenTypes } from '../../server/service/tokens/legend.ts';
import { semanticTokens } from '../../server/service/tokens/semanticTokens.ts';
import { documentOf } from './cursor.ts';

/** Each token as its text and kind. */
function tokensOf(
  text: string,
  lines?: readonly [from: number, to: number],
  language = 'muster-playbook',
): readonly string[] {
  const opened = documentOf(text, language);
  const range = lines && {
    start: { line: lines[0], character: 0 },
    end: { line: lines[1], character: 0 },
  };
  const { data } = semanticTokens(opened, range);
  const found: string[] = [];
  const written = text.split('\n');
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 4);
    line += down;
    character = down === 0 ? character + right : right;
    found.push(`${written[line]?.slice(character, character + length)}:${tokenTypes[type]}`);
  }
  return found;
}

describe('a change of semantic tokens', () => {
  it('makes the later list of the earlier one', () => {
    const list = fc.array(fc.nat(3), { maxLength: 20 });
    fc.assert(
      fc.property(list, list, list, (start, a, b) => {
        const [before, now] = [
          [...start, ...a, ...start],
          [...start, ...b, ...start],
        ];
        const made = [...before];
        for (const { start: at, deleteCount, data = [] } of tokensDelta(before, now))
          made.splice(at, deleteCount, ...data);
        assert.deepEqual(made, now);
      }),
    );
    assert.deepEqual(tokensDelta([1, 2, 3], [1, 2, 3]), []);
    assert.deepEqual(tokensDelta([1, 2, 3], [1, 5, 3]), [{ start: 1, deleteCount: 1, data: [5] }]);
  });
});

describe('semantic tokens', () => {
  it('tell the parts of targets apart', () => {
    assert.deepEqual(tokensOf('targets: "@front & tag:prod !web[01-02],all ^ (db1)"\n'), [
      '@front:class',
      '&:operator',
      'tag:prod:decorator',
      '!:operator',
      'web[01-02]:type',
      ',:operator',
      'all:keyword',
      '^:operator',
      '(:operator',
      'db1:type',
      '):operator',
    ]);
  });

  it('mark what a step does, ids and lengths of time', () => {
    assert.deepEqual(
      tokensOf('steps:\n  - id: a\n    run: b\n    timeout: 30s\n  - needs: [a]\n    wait: { seconds: 1 }\n'),
      ['a:method', 'run:keyword', '30s:number', 'a:method', 'wait:keyword'],
    );
  });

  it('read expressions in templates, block scalars and conditions', () => {
    const text =
      "steps:\n  - run: |\n      echo {{ vars.a | default('x') }}\n    when: steps.b.changed and 1 is not defined\n";
    assert.deepEqual(tokensOf(text), [
      'run:keyword',
      'vars:variable',
      'a:property',
      '|:operator',
      'default:function',
      "'x':string",
      'steps:variable',
      'b:method',
      'changed:property',
      'and:keyword',
      '1:number',
      'is:keyword',
      'not:keyword',
      'defined:method',
    ]);
  });

  it('tell parameters, steps, kept results and patterns apart', () => {
    assert.deepEqual(tokensOf('targets: tag:a & ~/web\\d/i & fact:os=x\n'), [
      'tag:a:decorator',
      '&:operator',
      '~/web\\d/i:regexp',
      '&:operator',
      'fact:os=x:property',
    ]);
    const text = 'steps:\n  - run: a {{ params.x }} {{ steps.b.ok }}\n    register: out\n    delegate: db1\n';
    assert.deepEqual(tokensOf(text), [
      'run:keyword',
      'params:variable',
      'x:parameter',
      'steps:variable',
      'b:method',
      'ok:property',
      'out:variable',
      'db1:type',
    ]);
    assert.deepEqual(tokensOf('vars: { id: a, register: b }\n'), []);
  });

  it('are there in inventories: nodes, groups, tags, wherever they stand', () => {
    const text = [
      'nodes:',
      '  web[1-2]: { tags: [a], jump: b, facts: { os: { id: x } }, connectTimeout: 5s }',
      'groups:',
      '  g: { nodes: "web1,b", groups: [h] }',
      'tags: { c: b }',
      '',
    ].join('\n');
    assert.deepEqual(tokensOf(text, undefined, 'muster-inventory'), [
      'web[1-2]:type',
      'a:decorator',
      'b:type',
      '5s:number',
      'g:class',
      'web1:type',
      ',:operator',
      'b:type',
      'h:class',
      'c:decorator',
      'b:type',
    ]);
  });

  it('are there in configurations and policies', () => {
    assert.deepEqual(tokensOf('defaults: { timeout: 5m }\n', undefined, 'muster-config'), ['5m:number']);
    const rules = 'protectedTags: [prod]\nrules: [{ decision: deny, targets: "@g !a" }]\n';
    const told = ['prod:decorator', '@g:class', '!:operator', 'a:type'];
    assert.deepEqual(tokensOf(rules, undefined, 'muster-policy'), told);
  });

  it('are those of a range where one is asked for', () => {
    assert.deepEqual(tokensOf('targets: a\nsteps:\n  - run: x\n', [1, 3]), ['run:keyword']);
  });

  it('are there in a text that does not parse', () => {
    assert.ok(tokensOf('targets: a &\nsteps:\n  - run: "{{ vars.a \n').length > 0);
  });
});
