import assert from 'node:assert/strict';
import { codeActions } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { worldOf } from './world.ts';

const inventory = 'nodes:\n  web[1-3]: { vars: { http_port: 80 } }\n  db1:\n';

type Files = Readonly<Record<string, string>>;

function look(text: string, files: Files = {}) {
  const { document, workspace } = worldOf('playbook', text, {
    '.muster/inventory.yaml': inventory,
    ...files,
  });
  const found = findingsOf(document, workspace);
  return { document, workspace, all: told(document, found, new Map()) };
}

/** Line, code and level of what is told. */
function codes(text: string, files?: Files): readonly string[] {
  return look(text, files).all.map(
    ({ finding: { range, code }, level }) => `${range.start.line + 1} ${code} ${level}`,
  );
}

function messages(text: string, files?: Files): readonly string[] {
  return look(text, files).all.map(({ finding: { message } }) => message);
}

function firstFix(text: string): string | undefined {
  const { document, workspace, all } = look(text);
  const [first] = all;
  assert.ok(first);
  return codeActions({ document, workspace, told: [first], range: first.finding.range })[0]?.title;
}

const echo = (what: string): string => `steps:\n  - run: echo {{ ${what} }}\n`;

describe('a variable that is nowhere', () => {
  it('has the one that was meant, where no node that is meant has it', () => {
    const text = `targets: web*\n${echo('vars.htpt_port')}`;
    assert.deepEqual(messages(text), [
      '"htpt_port" is undefined on all 3 nodes that are meant. Did you mean "http_port"?',
    ]);
    assert.equal(firstFix(text), 'Change to "http_port"');
    const made = 'targets: db1\nsteps:\n  - { run: x, register: out }\n  - run: echo {{ vars.ouut.stdout }} {{ vars.out.ok }}\n';
    assert.deepEqual(messages(made), ['"ouut" is undefined on the node that is meant. Did you mean "out"?']);
  }); // prettier-ignore

  it('is told without targets only where no node of inventories that are known whole has it', () => {
    assert.deepEqual(codes(echo('vars.nope')), ['2 vars/undefined warning']);
    assert.deepEqual(codes(echo('vars.http_port')), []);
    const open = `${inventory}sources:\n  - { type: command, run: ./nodes.sh }\n`;
    assert.deepEqual(codes(echo('vars.nope'), { '.muster/inventory.yaml': open }), []);
    assert.deepEqual(codes(echo('vars.nope'), { '.muster/inventory.yaml': 'nodes:\n' }), []);
  });

  it('may come from the playbook that uses this one', () => {
    const outer = { 'all.playbook.yaml': 'vars: { v: 1 }\nsteps:\n  - playbook: ./site.playbook.yaml\n' };
    assert.deepEqual(codes(`targets: db1\n${echo('vars.v')}`), ['3 vars/undefined warning']);
    assert.deepEqual(codes(`targets: db1\n${echo('vars.v')}`, outer), []);
  });
});

describe('what comes of a step', () => {
  it('is not there for the step itself, but for what is asked afterwards', () => {
    assert.deepEqual(codes('steps:\n  - { run: "echo {{ vars.o.stdout }}", register: o }\n'), [
      '2 vars/too-early warning',
    ]);
    assert.deepEqual(codes('steps:\n  - { id: a, run: "echo {{ steps.a.stdout }}" }\n'), [
      '2 vars/step-too-early warning',
    ]);
    assert.deepEqual(codes('steps:\n  - { id: a, run: x, failedWhen: steps.a.exitCode > 1 }\n'), []);
    assert.deepEqual(codes('steps:\n  - { id: a, block: [{ run: "echo {{ steps.a.ok }}" }] }\n'), []);
  });

  it('has the fields of results, also below the variable that keeps it', () => {
    const read = (field: string, before = ''): string =>
      `${before}steps:\n  - { run: x, register: out }\n  - run: echo {{ vars.out.${field} }}\n`;
    assert.deepEqual(codes(read('stdout')), []);
    assert.deepEqual(codes(read('rc')), ['3 playbook/unknown-result error']);
    assert.deepEqual(messages(read('stdot')), ['There is no "stdot" in vars.out, which is the result of a step.']);
    assert.equal(firstFix(read('stdot')), 'Change to "stdout"');
    assert.deepEqual(codes(read('rc | default(0)')), []);
    assert.deepEqual(codes(read('rc', 'vars: { out: { rc: 1 } }\n')).filter((each) => each.includes('unknown')), []);
    assert.deepEqual(codes(read('rc').replace('register: out', 'set: { out: { rc: 1 } }').replace('run: x, ', '')), []);
  }); // prettier-ignore

  it('is drawn faintly where nothing looks it up', () => {
    const step = 'steps:\n  - { run: x, register: out }\n';
    assert.deepEqual(codes(step), ['2 vars/unused hint']);
    assert.deepEqual(codes(`${step}  - run: echo {{ vars.out.stdout }}\n`), []);
    assert.deepEqual(codes(`${step}  - run: echo {{ vars | json }}\n`), []);
    assert.deepEqual(codes(`${step}  - task: ./t.task.yaml\n`, { 't.task.yaml': echo('vars.out.stdout') }), []);
    const outer = { 'all.playbook.yaml': 'steps:\n  - playbook: ./site.playbook.yaml\n' };
    assert.deepEqual(codes(step, outer), []);
  }); // prettier-ignore
});

describe('a variable that another hides', () => {
  it('is mentioned: a step that keeps one of its name, a parameter', () => {
    const step = 'steps:\n  - { run: x, register: u }\n  - run: echo {{ vars.u }}\n';
    assert.deepEqual(codes(`vars: { u: 1 }\n${step}`), ['3 vars/shadowed hint']);
    assert.deepEqual(codes(`vars: { u: 1 }\nparams: { u: {} }\n${echo('vars.u')}`), ['1 vars/shadowed hint']);
  });
});

describe('a secret of the configuration', () => {
  const config = { '.muster/config.yaml': 'secrets: { token: { env: TOKEN } }\n' };

  it('is there for every file of the workspace, and for those that steps fill in', () => {
    assert.deepEqual(codes(echo('secret.token')), ['2 playbook/unknown-secret warning']);
    assert.deepEqual(codes(echo('secret.token'), config), []);
    const fills = 'steps:\n  - template: { from: ./a.tpl, to: /x }\n';
    assert.deepEqual(codes(fills, { ...config, 'a.tpl': '{{ secret.token }}' }), []);
  });

  it('is meant by a misspelt one', () => {
    const { all } = look(echo('secret.tokne'), config);
    assert.deepEqual(
      all.map(({ finding }) => finding.fix),
      ['Did you mean "token"?'],
    );
  });
});

describe('a step that is needed', () => {
  it('is told to stand in another list, where it does', () => {
    const text = 'steps:\n  - { id: a, run: x }\n  - block:\n      - { needs: a, run: y }\n';
    const [only, ...others] = look(text).all;
    assert.deepEqual(others, []);
    assert.match(only?.finding.fix ?? '', /^It stands in another list/);
    assert.deepEqual(
      only?.finding.related?.map(({ range }) => range.start),
      [{ line: 1, character: 10 }],
    );
  });
});
