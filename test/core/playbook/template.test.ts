import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../core/playbook/template/evaluate.ts';
import { lookUpsOf } from '../../../core/playbook/template/expression.ts';
import { filters } from '../../../core/playbook/template/filters.ts';
import { parseExpression } from '../../../core/playbook/template/parse.ts';
import { renderText, renderValue } from '../../../core/playbook/template/render.ts';
import { parseTemplate } from '../../../core/playbook/template/template.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
import type { Value } from '../../../core/schema/value.ts';

const scope = new Map<string, Value>([
  [
    'vars',
    { port: 8080, name: 'web', on: 'yes', list: ['b', 'a', 'b'], map: { a: 1, b: 2 }, none: null, empty: '' },
  ],
  ['steps', { install: { changed: true, stdout: ' a b \nc\n', exitCode: 0 } }],
  ['node', { name: 'web03' }],
]);

function valueOf(source: string): Value | string {
  const parsed = parseExpression(source);
  if (!parsed.ok) return `${parsed.problem.code} at ${parsed.problem.start}`;
  const found = evaluate(parsed.expression, scope);
  return found.ok ? found.value : `${found.problem.code} at ${found.problem.start}`;
}

describe('an expression', () => {
  const values: readonly [source: string, value: Value][] = [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 // 2', 3],
    ['-7 % 3', 2],
    ['"a" ~ 1', 'a1'],
    ["'it''s' == 1", 'template/syntax at 4'],
    [String.raw`'it\'s'`, "it's"],
    ['[1, 2] + [3]', [1, 2, 3]],
    ['vars.port > 1024 and not vars.none', true],
    ['vars.port == "8080"', false],
    ["vars['port']", 8080],
    ['vars.list[0]', 'b'],
    ['vars.list[-1]', 'b'],
    ["'a' in vars.list", true],
    ["'c' not in vars.map", true],
    ["'eb' in vars.name", true],
    ['1 if vars.empty else 2', 2],
    ['vars.port | string | length', 4],
    ['not vars.none and true', true],
    ['vars.gone | default(5)', 5],
    ['vars.none | default(5)', 5],
    ['vars.gone.deeper | default("x")', 'x'],
    ['vars.gone is defined', false],
    ['vars.port is defined', true],
    ['vars.port is not defined', false],
    ['vars.gone is undefined', true],
    ['true or vars.gone', true],
    ['false and vars.gone', false],
    ['steps.install.changed != false', true],
    ['vars.port is number', true],
    ['vars.name is startswith("w")', true],
    ['vars.name is not matching("^x")', true],
    ['vars.on | bool', true],
    ['vars.gone', 'template/undefined at 0'],
    ['gone.x', 'template/undefined at 0'],
    ['vars.list[9]', 'template/undefined at 0'],
    ['vars.constructor', 'template/undefined at 0'],
    ['vars.__proto__', 'template/undefined at 0'],
    ['vars.name.length', 'template/undefined at 0'],
    ['vars.port < "a"', 'template/value at 0'],
    ['1 / 0', 'template/value at 0'],
    ['vars.list | lower', 'template/value at 0'],
    ['1 +', 'template/syntax at 3'],
    ['vars.port = 1', 'template/syntax at 10'],
    ['vars | nosuch', 'template/unknown-filter at 7'],
    ['vars is nosuch', 'template/unknown-test at 8'],
    ['vars | join(1, 2)', 'template/arguments at 7'],
    ['system("ls")', 'template/syntax at 6'],
    ['a b', 'template/syntax at 2'],
    ["'open", 'template/unclosed at 0'],
    ['(((1', 'template/syntax at 4'],
    ['('.repeat(60), 'template/too-deep at 50'],
    ['1+'.repeat(600), 'template/too-long at 1000'],
  ];
  for (const [source, value] of values) {
    it(`${source.slice(0, 40)} is ${JSON.stringify(value)}`, () => assert.deepEqual(valueOf(source), value));
  }

  const filtered: readonly [source: string, value: Value][] = [
    ['vars.name | upper', 'WEB'],
    ['"A" | lower', 'a'],
    ['" a " | trim', 'a'],
    ['"a-b" | replace("-", "_")', 'a_b'],
    ['steps.install.stdout | split', ['a', 'b', 'c']],
    ['"a:b" | split(":")', ['a', 'b']],
    ['steps.install.stdout | lines', [' a b ', 'c']],
    ['"/a/b.c" | basename', 'b.c'],
    ['"/a/b.c" | dirname', '/a'],
    ['"[1]" | from_json', [1]],
    ['"é" | b64encode', 'w6k='],
    ['"w6k=" | b64decode', 'é'],
    ['vars.list | join(",")', 'b,a,b'],
    ['vars.list | sort', ['a', 'b', 'b']],
    ['vars.list | unique', ['b', 'a']],
    ['vars.list | reverse', ['b', 'a', 'b']],
    ['[1, 2] | sum', 3],
    ['[2, 1] | min', 1],
    ['[2, 1] | max', 2],
    ['vars.list | first', 'b'],
    ['"abc" | last', 'c'],
    ['vars.map | length', 2],
    ['vars.map | keys', ['a', 'b']],
    ['vars.map | values', [1, 2]],
    ['"7.9" | int', 7],
    ['"7.5" | float', 7.5],
    ['7.5 | round', 8],
    ['-1 | abs', -1],
    ['(-1) | abs', 1],
    ['"no" | bool', false],
    ['vars.port | string', '8080'],
    ['vars.map | json', '{"a":1,"b":2}'],
    ["'a b' | quote", "'a b'"],
    ['vars.gone | default("x") | upper', 'X'],
  ];
  for (const [source, value] of filtered) it(source, () => assert.deepEqual(valueOf(source), value));

  it('has every filter and test in these tables, with an example that parses', () => {
    const written = [...values, ...filtered].map(([source]) => source).join('\n');
    const missing = [...filters.keys()].filter((name) => name !== 'raw' && !written.includes(`| ${name}`));
    assert.deepEqual(missing, []);
    const examples = [...filters.values(), ...tests.values()].map(({ example }) => example);
    assert.deepEqual(
      examples.filter((example) => !parseExpression(example).ok),
      [],
    );
  });

  it('says which names it looks up', () => {
    const parsed = parseExpression('steps.install.changed and vars["a"] == params.b[item] | default(node)');
    assert(parsed.ok);
    assert.deepEqual(
      lookUpsOf(parsed.expression).map(({ path }) => path.join('.')),
      ['steps.install.changed', 'vars.a', 'params.b', 'item', 'node'],
    );
  });
});

describe('a template', () => {
  const texts: readonly [source: string, text: string][] = [
    ['port {{ vars.port }} of {{node.name}}', 'port 8080 of web03'],
    ['{{ "}}" }}', '}}'],
    ["{{ '{{' }}", '{{'],
    ['no {braces} ${x} {% here', 'no {braces} ${x} {% here'],
    ['{{ vars.list }}', '["b","a","b"]'],
    ['{{ vars.none }}', 'template/value at 0'],
    ['a {{ vars.gone }}', 'template/undefined at 5'],
    ['a {{ b', 'template/unclosed at 2'],
    ['a {{ b }', 'template/unclosed at 2'],
    ['{{ }}', 'template/syntax at 3'],
    ['{% if x %}', 'template/statement at 0'],
    ['{{ vars.name | raw | upper }}', 'template/raw at 3'],
  ];
  for (const [source, text] of texts) {
    it(`${source} is ${text}`, () => {
      const rendered = renderText(source, scope);
      assert.equal(
        rendered.ok ? rendered.text : `${rendered.problem.code} at ${rendered.problem.start}`,
        text,
      );
    });
  }

  it('of one expression alone gives its value', () => {
    assert.deepEqual(renderValue('{{ vars.list }}', scope), { ok: true, value: ['b', 'a', 'b'] });
  });

  it('never expands what a value says', () => {
    const hostile = new Map<string, Value>([['vars', { a: '{{ vars.b }}', b: 'secret' }]]);
    assert.deepEqual(renderText('{{ vars.a }}', hostile), { ok: true, text: '{{ vars.b }}' });
  });

  it('finds every mistake, each at its place', () => {
    const source = 'a {{ 1 + }} b {{ x | nosuch }} c {{ y }}';
    assert.deepEqual(
      parseTemplate(source).problems.map(({ code, start }) => `${code} ${start}`),
      ['template/syntax 9', 'template/unknown-filter 21'],
    );
  });

  const pieces = fc.constantFrom(
    '{{', '}}', '"', "'", '\\', '(', ')', '[', ']', '|', ' is ', ' not ', ' in ', ' if ', ' else ', 'vars', '.', 'port',
    'default', '1', '+', '-', '%', '~', '==', ' ', '\n', 'é', '{%', 'raw', ',', '\0', '😀',
  ); // prettier-ignore
  const sources = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

  it('whatever it is, never throws: it renders, or says what is wrong inside of it', () => {
    fc.assert(
      fc.property(fc.oneof(sources, fc.string()), (source) => {
        const rendered = renderText(source, scope);
        if (rendered.ok) return;
        const { start, end, message } = rendered.problem;
        assert(start >= 0 && start <= end && end <= source.length, `${start}-${end} of ${source.length}`);
        assert.match(message, /\.$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back any text that has no braces', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{')),
        (text) => assert.deepEqual(renderText(text, scope), { ok: true, text }),
      ),
    );
  });

  it('puts any value in as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.deepEqual(renderText('<{{ vars.x }}>', new Map([['vars', { x: text }]])), {
          ok: true,
          text: `<${text}>`,
        });
      }),
    );
  });

  it('takes time in proportion to its length', () => {
    const work = (times: number): number => {
      const source = 'a {{ vars.port + 1 }} {{ vars.gone | default("x") }} '.repeat(times);
      const from = process.cpuUsage();
      renderText(source, scope);
      const { user } = process.cpuUsage(from);
      return user;
    };
    work(2000);
    const [small, large] = [Math.min(work(2000), work(2000)), Math.min(work(16_000), work(16_000))];
    assert(large < small * 40 + 20_000, `${small} µs for 2,000 and ${large} µs for 16,000`);
  });
});
