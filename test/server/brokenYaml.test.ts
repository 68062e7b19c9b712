import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { worldOf } from './world.ts';

const inventory = { '.muster/inventory.yaml': 'nodes:\n  web1:\n  db1:\n' };
/** A mistake of meaning behind the mistake of form, which is told as well. */
const rest = '  - { id: last, needs: gone, run: x }\n';
const other = 'playbook/unknown-step';

function findingsIn(text: string) {
  const { document, workspace } = worldOf('playbook', text, inventory);
  return { document, workspace, found: findingsOf(document, workspace) };
}

const codesIn = (text: string): readonly string[] =>
  findingsIn(text).found.map(({ code, range }) => `${range.start.line + 1} ${code}`);

/** The text after the first quick fix of its first finding. */
function mended(text: string): string {
  const { document, workspace, found } = findingsIn(text);
  const [first] = told(document, found, new Map());
  assert.ok(first);
  const [action] = codeActions({ document, workspace, told: [first], range: first.finding.range });
  const [change] = action?.edit?.documentChanges ?? [];
  assert.ok(change && 'edits' in change, 'there is no quick fix');
  return TextDocument.applyEdits(document.document, change.edits as never);
}

type Row = readonly [what: string, text: string, codes: readonly string[], mended?: string];

const rows: readonly Row[] = [
  ['a key that is half typed at the end', 'steps:\n  - run: x\n    na', ['3 yaml/missing-char'], 'steps:\n  - run: x\n    na:'],
  ['a key of the top that is half typed at the end', 'steps:\n  - run: x\nhand', ['3 yaml/missing-char'], 'steps:\n  - run: x\nhand:'],
  ['a step that is half typed at the end', 'steps:\n  - run: x\n  - na\n', ['3 schema/type']],
  ['a key that is half typed in the middle', `name: x\nhos\nsteps:\n${rest}`, ['2 yaml/multiline-implicit-key', `4 ${other}`], `name: x\nhos:\nsteps:\n${rest}`],
  ['a key that is half typed in a step', `steps:\n  - id: a\n    ru\n    timeout: 3s\n${rest}`, ['3 yaml/multiline-implicit-key', `5 ${other}`]],
  ['a double quote that is open', `name: "x\nsteps:\n${rest}`, ['1 yaml/missing-char', `3 ${other}`], `name: "x"\nsteps:\n${rest}`],
  ['a double quote that is open in a step', `steps:\n  - run: "x\n    timeout: 3s\n${rest}`, ['2 yaml/missing-char', `4 ${other}`]],
  ['a single quote that is open', `steps:\n  - run: 'it\n    timeout: 3s\n${rest}`, ['2 yaml/missing-char', `4 ${other}`]],
  ['tabs', `steps:\n\t- run: x\n\t- { needs: gone, run: x }\n`, ['2 yaml/tab-as-indent', `3 ${other}`], 'steps:\n  - run: x\n  - { needs: gone, run: x }\n'],
  ['one tab among spaces', `steps:\n  - run: x\n\ttimeout: 3s\n${rest}`, ['3 yaml/tab-as-indent', `4 ${other}`], `steps:\n  - run: x\n    timeout: 3s\n${rest}`],
  ['a tab behind spaces', `steps:\n  - run: x\n  \ttimeout: 3s\n${rest}`, ['3 yaml/tab-as-indent', `4 ${other}`], `steps:\n  - run: x\n    timeout: 3s\n${rest}`],
  ['a tab at the beginning of a line of a script', `steps:\n  - run: |\n      a\n\tb\n${rest}`, ['4 yaml/tab-as-indent', `5 ${other}`]],
  ['a key that is indented too little', `steps:\n  - run: x\n   timeout: 3s\n${rest}`, ['3 yaml/bad-indent', `4 ${other}`], `steps:\n  - run: x\n    timeout: 3s\n${rest}`],
  ['a key that is indented too much', `steps:\n  - id: a\n    run: x\n  - run: y\n     timeout: 3s\n${rest}`, ['5 yaml/bad-indent', `6 ${other}`], `steps:\n  - id: a\n    run: x\n  - run: y\n    timeout: 3s\n${rest}`],
  ['a dash without its space', `steps:\n  -run: x\n${rest}`, ['2 yaml/missing-char', `3 ${other}`], `steps:\n  - run: x\n${rest}`],
  ['a dash without its space below another', `steps:\n  - run: x\n  -run: y\n${rest}`, ['3 yaml/missing-char', `4 ${other}`], `steps:\n  - run: x\n  - run: y\n${rest}`],
  ['a colon without its space', `name:x\nsteps:\n${rest}`, ['1 yaml/missing-char', `3 ${other}`], `name: x\nsteps:\n${rest}`],
  ['a script that is no further right than its key', `steps:\n  - run: |\n    a\n      b\n    timeout: 3s\n${rest}`, ['3 yaml/bad-indent', `6 ${other}`], `steps:\n  - run: |\n      a\n        b\n    timeout: 3s\n${rest}`],
  ['an escape that there is not', `steps:\n  - run: "grep \\d"\n${rest}`, ['2 yaml/bad-dq-escape', `3 ${other}`], `steps:\n  - run: "grep \\\\d"\n${rest}`],
  ['a step that is indented too little', `steps:\n    - run: x\n${rest}`, ['3 yaml/bad-indent'], `steps:\n    - run: x\n    ${rest.slice(2)}`],
  ['braces that are not quoted', `steps:\n  - run: {{ node.name }}\n${rest}`, ['2 yaml/quote-this', `3 ${other}`], `steps:\n  - run: '{{ node.name }}'\n${rest}`],
  ['braces with something behind them', `steps:\n  - run: {{ node.name }} foo # why\n${rest}`, ['2 yaml/quote-this', `3 ${other}`], `steps:\n  - run: '{{ node.name }} foo' # why\n${rest}`],
  ['braces where any value may stand', `vars:\n  a: {{ node.name }}\nsteps:\n  - run: echo {{ vars.a }}\n${rest}`, ['2 yaml/quote-this', `5 ${other}`]],
  ['braces in a list', `vars:\n  a: [{{ node.name }}, b]\nsteps:\n  - run: echo {{ vars.a }}\n${rest}`, ['2 yaml/quote-this', `5 ${other}`], `vars:\n  a: ['{{ node.name }}', b]\nsteps:\n  - run: echo {{ vars.a }}\n${rest}`],
  ['braces in a map', `vars: { a: {{ node.name }} }\nsteps:\n  - run: echo {{ vars.a }}\n${rest}`, ['1 yaml/quote-this', `4 ${other}`]],
  ['braces in a list below', `steps:\n  - run: echo {{ item }}\n    loop:\n      - {{ node.name }}\n${rest}`, ['4 yaml/quote-this', `5 ${other}`]],
  ['braces that are not closed', `steps:\n  - run: {{ node.name\n${rest}`, ['2 yaml/quote-this', `3 ${other}`]],
  ['a colon in a command', `steps:\n  - run: echo foo: bar\n${rest}`, ['2 yaml/block-as-implicit-key', `3 ${other}`], `steps:\n  - run: 'echo foo: bar'\n${rest}`],
  ['a list that is open', `steps:\n  - run: echo {{ item }}\n    loop: [web, db\n${rest}`, ['3 yaml/bad-indent', `4 ${other}`], `steps:\n  - run: echo {{ item }}\n    loop: [web, db]\n${rest}`],
  ['a map that is open', `strategy: { mode: rolling\nsteps:\n${rest}`, ['1 yaml/bad-indent', `3 ${other}`]],
  ['a key twice', `name: a\nname: b\nsteps:\n${rest}`, ['2 yaml/repeated-key', `4 ${other}`], `name: a\nsteps:\n${rest}`],
  ['a merge that is not finished', `name: a\n<<<<<<< HEAD\ntargets: web1\n=======\ntargets: zzz\n>>>>>>> x\nsteps:\n${rest}`, ['2 yaml/conflict-marker', `8 ${other}`], `name: a\ntargets: web1\nsteps:\n${rest}`],
  ['a merge with the lines of both before', `name: a\n<<<<<<< HEAD\ntargets: web1\n||||||| base\ntargets: qqq\n=======\ntargets: zzz\n>>>>>>> x\nsteps:\n${rest}`, ['2 yaml/conflict-marker', `10 ${other}`]],
  ['a merge whose last mark is gone', `steps:\n<<<<<<< HEAD\n  - run: x\n=======\n${rest}`, ['2 yaml/conflict-marker', `5 ${other}`]],
  ['a second document', 'steps:\n  - run: x\n---\nsteps:\n  - rnu: y\n', ['3 yaml/second-document']],
  ['an alias of nothing', `steps:\n  - run: x\n    env: *e\n${rest}`, ['3 yaml/unknown-alias', `4 ${other}`]],
  ['a colon without a space', `steps:\n  - run:x\n${rest}`, ['2 schema/type', `3 ${other}`], `steps:\n  - run: x\n${rest}`],
  ['a dash without a space', 'steps:\n  -run: x\n', ['2 schema/type'], 'steps:\n  - run: x\n'],
  ['a command where a step belongs', `steps:\n  - uptime -p\n${rest}`, ['2 schema/type', `3 ${other}`], `steps:\n  - run: uptime -p\n${rest}`],
]; // prettier-ignore

describe('a mistake of form', () => {
  for (const [what, text, codes, after] of rows)
    it(`is told once, in words for people, and the rest is looked at: ${what}`, () => {
      assert.deepEqual(codesIn(text), codes, text);
      assert.doesNotMatch(
        findingsIn(text).found.map(({ message }) => message).join('\n'),
        /implicit|flow |indicator|scalar/i,
      ); // prettier-ignore
      if (after !== undefined) assert.equal(mended(text), after);
    });

  it('leaves tabs that belong to a script where they are', () => {
    const script = 'steps:\n  - run: |\n      cat <<-E\n      \tx\n      E\n';
    assert.deepEqual(codesIn(script), []);
    assert.equal(mended(`${script}\t- run: y\n`), `${script}  - run: y\n`);
  });
});
