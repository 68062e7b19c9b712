import assert from 'node:assert/strict';
import { diagnose } from './diagnose.ts';
import { worldOf } from './world.ts';

function told(text: string): readonly string[] {
  const { document, workspace } = worldOf('playbook', text, {
    'a.sh': '',
    a: '',
    '.muster/inventory.yaml': 'nodes:\n  web1:\n',
  });
  return diagnose(document, workspace, { levels: new Map() }).map(
    ({ range: { start, end }, code, message }) =>
      `${start.line + 1}:${start.character + 1}-${end.character + 1} ${String(code)} ${message as string}`,
  );
}

const run = 'steps:\n  - run: uptime\n';

const rows: readonly (readonly [what: string, text: string, told: readonly string[]])[] = [
  ['a misspelt key is marked itself', `targtes: web1\n${run}`, ['1:1-8 schema/unknown-key Unknown key "targtes". Did you mean "targets"?']],
  ['a key of other tools has its name here', `hosts: web1\n${run}`, ['1:1-6 schema/unknown-key Unknown key "hosts". Did you mean "targets"?']],
  ['so do those of steps', 'steps:\n  - cmd: uptime\n', ['2:5-8 schema/unknown-key Unknown key "cmd". Did you mean "run"?']],
  ['depends_on is needs', 'steps:\n  - { id: a, run: x }\n  - { depends_on: a, run: x }\n', ['3:7-17 schema/unknown-key Unknown key "depends_on". Did you mean "needs"?']],
  ['environment is env', `environment: { A: b }\n${run}`, ['1:1-12 schema/unknown-key Unknown key "environment". Did you mean "env"?']],
  ['a short list of keys is told whole', `strategy: { foobar: 1 }\n${run}`, ['1:13-19 schema/unknown-key Unknown key "foobar". Known here: mode, waves, lockstep, concurrency, maxFailures, maxFailuresPerWave, stopOnFailure.']],
  ['of a long list those that are likely are told: of a step that does something, how', 'steps:\n  - run: x\n    name: y\n    zzzqqq: 1\n', ['4:5-11 schema/unknown-key Unknown key "zzzqqq". Likely here: when, needs, timeout, register, retries, until, env, cwd. The other 33 are in docs/reference, and offered while you type.']],
  ['and of one that does nothing, what', 'steps:\n  - id: y\n    zzzqqq: 1\n', ['3:5-11 schema/unknown-key Unknown key "zzzqqq". Likely here: run, script, copy, fetch, template, task, playbook, ansible. The other 33 are in docs/reference, and offered while you type.']],
  ['a misspelt word has the nearest', `strategy: { mode: parralel }\n${run}`, ['1:19-27 schema/value Expected "parallel" or "sequential" or "rolling", found "parralel". Did you mean "parallel"?']],
  ['two actions are one error, on the second that is written', 'steps:\n  - wait: { seconds: 1 }\n    run: x\n    http: { url: "http://x/" }\n', ['3:5-8 playbook/two-actions A step does one thing. This one has "wait" already. Make two steps of it.']],
  ['the keys of both are judged by what they belong to', 'steps:\n  - wait: { secnds: 1 }\n    run: x\n', ['2:13-19 schema/unknown-key Unknown key "secnds". Did you mean "seconds"?', '3:5-8 playbook/two-actions A step does one thing. This one has "wait" already. Make two steps of it.']],
  ['no action is told with those that there are', 'steps:\n  - { id: a }\n', ['2:5-14 playbook/no-action The step does nothing. Give it one of run, script, copy, fetch, template, task, playbook, ansible, http, wait, pause, fail, set, block.']],
  ['a misspelt action is told once', 'steps:\n  - rnu: x\n    timeout: 3s\n', ['2:5-8 schema/unknown-key Unknown key "rnu". Did you mean "run"?']],
  ['a missing key is told at the key above', 'steps:\n  - copy: { from: ./a }\n', ['2:5-9 schema/missing-key The key "to" is missing. Write "to:".']],
  ['so is one of the file', 'name: x\n', ['1:1-8 schema/missing-key The key "steps" is missing. Write "steps:".']],
  ['of a union the form chooses: a script with keys', 'steps:\n  - script: { file: ./a.sh, argz: [] }\n', ['2:29-33 schema/unknown-key Unknown key "argz". Did you mean "args"?']],
  ['of a union the form chooses: a person with keys', 'steps:\n  - { run: x, runAs: { user: a, method: dosa } }\n', ['2:41-45 schema/value Expected "sudo" or "su" or "doas", found "dosa". Did you mean "doas"?']],
  ['an option that means nothing here is told with where it does', 'steps:\n  - { pause: x, with: { a: 1 } }\n', ['2:17-21 playbook/misfit "with" means nothing for "pause". It goes with task, playbook.']],
  ['a step of nothing is told so', 'steps:\n  -\n  - run: x\n', ['2:4-4 schema/type Expected a map of keys, found nothing. Write what it does, such as "run: uptime", or take the "-" out.']],
  ['targets are one text', `targets: [web1, db1]\n${run}`, ['1:10-21 schema/type Expected text, found a list. Write them as one text: "web1,db1".']],
  ['steps are a list', 'steps:\n  run: x\n', ['2:3-1 schema/type Expected a list, found a map of keys. Write "- " before each entry.']],
]; // prettier-ignore

describe('the form of a playbook', () => {
  for (const [what, text, expected] of rows)
    it(`is judged as people mean it: ${what}`, () => {
      assert.deepEqual(told(text), expected);
    });
});
