import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { IGrammar } from 'vscode-textmate';
import { root } from '../house/repository.ts';
import { playbookGrammar, readJson, wordsOf } from './grammars.ts';

const extensions = join(root, '.vscode-harness/node_modules/code-server/lib/vscode/extensions');

/** Grammars of YAML and shells as VS Code has them, by their scopes. */
function ofVscode(): ReadonlyMap<string, unknown> {
  const files = globSync('{yaml,shellscript}/syntaxes/*.json', { cwd: extensions });
  const read = files.map((file) => readJson(join(extensions, file)) as { readonly scopeName: string });
  return new Map(read.map((grammar) => [grammar.scopeName, grammar]));
}

describe('the grammar of playbooks on those of VS Code', function () {
  let grammar: IGrammar;
  before(async function () {
    if (!existsSync(extensions)) {
      console.log('      no VS Code in .vscode-harness/: npm run test:inhost puts it there');
      this.skip();
    }
    grammar = await playbookGrammar(ofVscode());
  });

  const command = 'entity.name.command.shell';
  const commands = (text: string): readonly string[] => wordsOf(grammar, text, command);
  const shell = (text: string): string => wordsOf(grammar, text, 'meta.embedded').join(' ');

  for (const header of ['|', '>', '|-', '>+', '|2', '>-  # why'])
    it(`takes the first word of each line below ${header} for a command`, () => {
      const text = `steps:\n  - id: a\n    run: ${header}\n      set -e\n      ls "$HOME" | grep {{ vars.x }}\n\n      id\n    name: ls a\n  - run: |\n      pwd`;
      assert.deepEqual(commands(text), ['set', 'ls', 'grep', 'id', 'pwd']);
      assert.deepEqual(wordsOf(grammar, text, 'support.variable.muster'), ['vars']);
    });

  it('finds commands inside of conditions, loops, cases and functions, and none in lines that go on', () => {
    const text = [
      'steps:',
      '  - run: |',
      '      if [ -f /x ]; then',
      '        touch {{ vars.x }} \\',
      '          more words',
      '      fi',
      '      for i in 1 2',
      '      do',
      '        rm "$i"',
      '      done',
      '      case $1 in',
      '        start) cat x ;;',
      '      esac',
      '      run_it() {',
      '        A=1 ls',
      '      }',
      '      # not me',
      '      {{ vars.tool }} --all',
    ];
    assert.deepEqual(commands(text.join('\n')), ['touch', 'rm', 'cat', 'ls']);
    assert.deepEqual(wordsOf(grammar, text.join('\n'), 'keyword.control'), [
      '|', 'if', 'then', 'fi', 'for', 'in', 'do', 'done', 'case', 'in', 'esac',
    ]); // prettier-ignore
    assert.deepEqual(wordsOf(grammar, text.join('\n'), 'entity.name.function.shell'), ['run_it']);
  });

  it('ends a here-document where the shell does, and what is open with the block', () => {
    const text =
      'steps:\n  - run: |\n      cat <<-"E" >x\n        ls {{ node.name }}\n      E\n      id "\n    name: ls';
    assert.deepEqual(wordsOf(grammar, text, 'string.unquoted.heredoc'), [
      'ls',
      '{{',
      'node',
      '.',
      'name',
      '}}',
    ]);
    assert.deepEqual(commands(text), ['cat', 'id']);
    assert.deepEqual(wordsOf(grammar, text, 'entity.name.tag'), ['steps', 'run', 'name']);
  });

  it('reads commands in the line of their key, up to its end', () => {
    const text =
      'steps:\n  - run: echo "a {{ node.name }} $X # y\n    wait:\n      command: test -f /x  # why\n  - run: ls\n';
    assert.deepEqual(commands(text), ['echo', 'test', 'ls']);
    assert.deepEqual(wordsOf(grammar, text, 'support.variable.muster'), ['node']);
    assert.deepEqual(wordsOf(grammar, text, 'comment'), ['#', 'why']);
    assert.deepEqual(wordsOf(grammar, text, 'entity.name.tag'), ['steps', 'run', 'wait', 'command', 'run']);
    // As a language of its own, it would take the rules for new lines from shells.
    assert.deepEqual(wordsOf(grammar, text, 'meta.embedded.block'), []);
  });

  it('reads commands between quotes', () => {
    const text = `steps:\n  - run: "ls {{ node.name }} \\"a\\" | id" # why\n  - run: 'cat $X'\n    name: "ls"\n`;
    assert.deepEqual(commands(text), ['ls', 'id', 'cat']);
    assert.deepEqual(wordsOf(grammar, text, 'comment'), ['#', 'why']);
  });

  it('reads what is put into a word, an option or a value as an expression, up to its end', () => {
    const line = 'cd /a/{{ vars.b }}/c x={{ vars.d }} --e={{ vars.f }} && G=/{{ vars.h }} /i/{{ vars.j }}/k';
    const text = `steps:\n  - run: ${line}\n  - run: |\n      ${line}\n`;
    const ends = wordsOf(grammar, text, 'punctuation.section.embedded.end');
    assert.equal(ends.length, 10);
    assert.deepEqual(wordsOf(grammar, text, 'variable.other.property.muster'), 'bdfhjbdfhj'.split(''));
  });

  it('leaves texts alone that are no commands, and lists and maps in one line', () => {
    const text = `steps:\n  - script: ./ls.sh\n  - { run: ls $X, name: ls }\n  - run:\n      ls\n  - run: *a\n  - run: [ls]\n`;
    assert.equal(shell(text), '');
  });
});
