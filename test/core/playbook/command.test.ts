import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { commandProblems, renderCommand } from '../../../core/playbook/template/render.ts';
import type { Value } from '../../../core/schema/value.ts';
import { quoteFor, type Shell } from '../../../core/util/quote.ts';

function rendered(source: string, x: Value, shell: Shell = 'sh'): string {
  const result = renderCommand(source, new Map([['x', x]]), shell);
  return result.ok ? result.text : result.problem.code;
}

describe('a value in a command', () => {
  const cases: readonly [source: string, value: Value, text: string][] = [
    ['echo {{ x }}', 'a b', "echo 'a b'"],
    ['echo {{ x }}', '$(id)', "echo '$(id)'"],
    ['echo {{ x }}', '', "echo ''"],
    ['echo {{ x }}', 8080, 'echo 8080'],
    ['echo {{ x }}>f', 2, "echo '2'>f"],
    ['{{ x }}', 'if', "'if'"],
    ['rm {{ x }}', ['a', 'b c'], "rm a 'b c'"],
    ['echo "is {{ x }}!"', '$(id)', `echo "is "'$(id)'"!"`],
    ["echo 'is {{ x }}'", "it's", `echo 'is ''it'\\''s'''`],
    ['echo "$(cat {{ x }})"', 'a b', `echo "$(cat 'a b')"`],
    ['echo $((1 + {{ x }}))', 7, 'echo $((1 + 7))'],
    ['echo $((1 + {{ x }}))', '$(id)', 'template/value'],
    ['echo {{ x | raw }}', '$(id)', 'echo $(id)'],
    ['echo {{ x | quote }}', 'a b', "echo 'a b'"],
    ['echo {{ x }}', { a: 1 }, 'template/value'],
    ['echo {{ x }}', null, 'template/value'],
    ['echo {{ x }}', 'a\0b', 'template/value'],
    ['echo "{{ x }}"', ['a', 'b'], 'template/value'],
    ['cat <<EOF\n{{ x }}\nEOF', 'a', 'template/not-quotable'],
    ['cat <<EOF\na\nEOF\necho {{ x }}', 'a b', "cat <<EOF\na\nEOF\necho 'a b'"],
    ['cat <<{{ x }}', 'a', 'template/not-quotable'],
    ['echo `cat {{ x }}`', 'a', 'template/not-quotable'],
    ['echo ${y:-{{ x }}}', 'a', 'template/not-quotable'],
    ['true # {{ x }}', 'a', 'template/not-quotable'],
    ['echo \\{{ x }}', 'a', 'template/not-quotable'],
    ["echo $'a' {{ x }}", 'a', 'template/not-quotable'],
    ['echo "$(case a in a) echo {{ x }};; esac)"', 'a', 'template/not-quotable'],
    ['echo a#b {{ x }}', 'a b', "echo a#b 'a b'"],
    ['# words\necho {{ x }}', 'a b', "# words\necho 'a b'"],
    ['cat <<<{{ x }}', 'a b', "cat <<<'a b'"],
    [String.raw`echo "\"{{ x }}"`, 'a b', String.raw`echo "\""'a b'""`],
    ['echo "a" "$(echo "b $(echo {{ x }})")"', '$y', `echo "a" "$(echo "b $(echo '$y')")"`],
  ];
  for (const [source, value, text] of cases) {
    it(`${JSON.stringify(source)} with ${JSON.stringify(value)} is ${JSON.stringify(text)}`, () => {
      assert.equal(rendered(source, value), text);
    });
  }

  it('in fish and PowerShell goes outside quotes only', () => {
    assert.equal(rendered('echo {{ x }}', "it's", 'fish'), String.raw`echo 'it\'s'`);
    assert.equal(rendered('echo {{ x }}', 'it’s', 'pwsh'), "echo 'it’’s'");
    assert.deepEqual(
      commandProblems('echo "{{ x }}"', 'pwsh').map(({ code, start }) => `${code} ${start}`),
      ['template/not-quotable 6'],
    );
  });
});

describe('quoting', function () {
  const words = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...Array.from("'\"\\$`!*?[]{}()<>|&;#~%^=-, \t\na1é‘’😀")), maxLength: 20 }),
    ),
    { minLength: 1, maxLength: 200 },
  ); // prettier-ignore
  /** A lone surrogate is no text in UTF-8. */
  const valid = (word: string): boolean => !word.includes('\0') && word.isWellFormed();

  const programs: readonly [Shell, readonly string[], (words: string) => string][] = [
    ['sh', ['sh', '-c'], printWords],
    ['dash', ['dash', '-c'], printWords],
    ['bash', ['bash', '-c'], printWords],
    ['zsh', ['zsh', '-c'], printWords],
    ['ksh', ['mksh', '-c'], printWords],
    ['fish', ['fish', '--no-config', '-c'], (given) => `for w in ${given}; printf '%s\\0' $w; end`],
    ['pwsh', ['pwsh', '-NoProfile', '-NonInteractive', '-Command'], (given) => `foreach ($w in @(${given.replaceAll(' @@ ', ',')})) { [Console]::Write($w + [char]0) }`],
  ]; // prettier-ignore

  for (const [shell, [program = '', ...args], print] of programs) {
    it(`comes through ${shell} unchanged`, function () {
      if (spawnSync(program, ['--version']).error) return this.skip();
      fc.assert(
        fc.property(words, (given) => {
          const sent = given.filter(valid);
          if (sent.length === 0) return;
          const quoted = sent.map((word) => quoteFor(shell, word)).join(shell === 'pwsh' ? ' @@ ' : ' ');
          const out = execFileSync(program, [...args, print(quoted)], {
            encoding: 'utf8',
            env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] },
          });
          assert.deepEqual(out.split('\0').slice(0, -1), sent);
        }),
        { numRuns: 25 },
      );
    });
  }

  const places = [
    'printf "%s\\0" {{ x }}',
    'printf "%s\\0" "{{ x }}"',
    `printf '%s\\0' '{{ x }}'`,
    'printf "%s\\0" "$(printf "%s." "{{ x }}")"',
    'y=$(printf "%s." {{ x }}); printf "%s\\0" "$y"',
  ];
  for (const place of places) {
    it(`holds together in ${place}`, () => {
      fc.assert(
        fc.property(words, (given) => {
          const sent = given.filter(valid).slice(0, 20);
          const command = sent.map((word) => rendered(place, word)).join('\n');
          const out = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
          const dot = place.includes('%s.') ? '.' : '';
          assert.deepEqual(
            out.split('\0').slice(0, -1),
            sent.map((word) => word + dot),
          );
        }),
        { numRuns: 25 },
      );
    });
  }
});

function printWords(given: string): string {
  return `printf '%s\\0' ${given}`;
}
