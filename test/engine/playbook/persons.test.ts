import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { personalSecrets } from '../../../core/run/personalSecrets.ts';
import { type Playing, runRequest, withPlaybooks } from './play.ts';

/** Answers every question whether to go on; what was asked, and of which nodes. */
function answering({ client }: Playing, goOn: boolean): readonly string[] {
  const asked: string[] = [];
  client.onEvents(({ batch, events }) => {
    for (const event of events) {
      if (event.type !== 'promptRaised' || event.question.type !== 'go-on') continue;
      const { message, nodes, pauses } = event.question;
      asked.push(`${message} (${nodes.join()})${pauses ? ', as the playbook pauses' : ''}`);
      void client.answer({ batch, prompt: event.prompt, goOn });
    }
  });
  return asked;
}

describe('a step that pauses', function () {
  const text = `vars: { what: first }
steps:
- { id: look, pause: "Look at the {{ vars.what }} node" }
- { run: echo on }
finally: [{ run: echo last }]
`;

  it('asks a person once for all nodes, and goes on with a yes', () =>
    withPlaybooks(
      async (playing) => {
        const asked = answering(playing, true);
        const { said, state } = await playing.play(text);
        assert.deepEqual(asked, ['Look at the first node (a,b,c), as the playbook pauses']);
        assert.deepEqual(said, { a: 'on\nlast\n', b: 'on\nlast\n', c: 'on\nlast\n' });
        assert.equal(state.status, 'succeeded');
      },
      { canPrompt: true },
    ));

  it('ends there with a no, which is no failure, and what comes at the end comes', () =>
    withPlaybooks(
      async (playing) => {
        answering(playing, false);
        const { said, state } = await playing.play(text);
        assert.deepEqual(said, { a: 'last\n', b: 'last\n', c: 'last\n' });
        const outcome = { status: 'cancelled', remote: 'stopped', reason: 'a person said no' };
        assert.deepEqual(
          state.executions.map((each) => each.outcome),
          [outcome, outcome, outcome],
        );
      },
      { canPrompt: true },
    ));

  it('is refused before anything runs where nobody can answer', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('test.playbook.yaml', text);
      const planned = await client.plan(request());
      assert.ok(planned.ok);
      const started = await client.start({ plan: planned.value.plan });
      assert.ok(!started.ok);
      const message =
        'The step "look" pauses to ask a person, and nobody is here to answer; --yes does not answer it. ' +
        'Run it at a terminal or in VS Code, or give the step tags, and leave it out by --skip-tags.';
      assert.equal(started.error.message, message);
    }));

  it('is not in the way where its condition does not hold', () =>
    withPlaybooks(async ({ play }) => {
      const text = 'steps: [{ pause: Look, when: params.attended }, { run: echo on }]\n';
      const { said } = await play(`params: { attended: { type: boolean, default: false } }\n${text}`, {
        selection: 'a',
      });
      assert.deepEqual(said, { a: 'on\n' });
    }));
});

describe('what a person has to give', function () {
  const text = `params: { token: { sensitive: true, required: true } }
secrets: { pin: { ask: PIN of the vault }, kept: { stored: Deploy key } }
targets: a
steps:
- { run: "echo {{ params.token }} {{ secret.pin }} {{ secret.kept }}" }
- { run: "exit 3" }
`;
  const secrets = { token: 'canary-token-1', pin: 'canary-pin-2', kept: 'canary-kept-3' };

  it('is known by name and words before the start, and missed by name', () =>
    withPlaybooks(async ({ client, request, write, folder }) => {
      await write('test.playbook.yaml', text);
      const planned = await client.plan(request({ withheld: ['token'] }));
      assert.ok(planned.ok);
      assert.deepEqual(personalSecrets(planned.value.plan.action), [
        { name: 'token', label: 'token' },
        { name: 'pin', label: 'PIN of the vault' },
        { name: 'kept', label: 'Deploy key', storedFor: join(folder, 'test.playbook.yaml') },
      ]);
      const { pin: _missing, ...rest } = secrets;
      const started = await client.start({ plan: planned.value.plan, secrets: rest });
      assert.ok(!started.ok);
      assert.match(started.error.message, /"pin" \(PIN of the vault\) has to be given by a person/);
    }));

  it('is asked for again when the batch runs again, and never kept', () =>
    withPlaybooks(async ({ client, request, write, folder }) => {
      await write('test.playbook.yaml', text);
      const first = await runRequest(client, request({ selection: '', withheld: ['token'] }), secrets);
      assert.deepEqual(Object.values(first.output), ['******** ******** ********\n']);
      const again = await client.rerun({ batch: first.state.id, which: 'failed' });
      assert.ok(again.ok);
      const planned = await client.plan(again.value.request);
      assert.ok(planned.ok);
      const without = await client.start({ plan: planned.value.plan });
      assert.ok(!without.ok && without.error.code === 'INPUT_MISSING');
      assert.match(without.error.message, /"token" is secret and did not come with the plan\. Give it again/);
      const second = await runRequest(client, again.value.request, secrets);
      assert.deepEqual(Object.values(second.output), ['******** ******** ********\n']);
      const entries = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile()))
        assert.doesNotMatch(await readFile(join(entry.parentPath, entry.name), 'latin1'), /canary/);
    }));
});

describe('a step as another user', function () {
  const canBecome = spawnSync('sudo', ['-n', '-u', 'nobody', 'true']).status === 0;

  it('runs as that user, as do the steps of a block, and one inside of it can be itself again', async function () {
    if (!canBecome) {
      console.log('      sudo asks for a password on this machine: not tried');
      return this.skip();
    }
    await withPlaybooks(async ({ play }) => {
      const text = `steps:
- { run: id -un, runAs: nobody }
- block: [{ run: id -un }, { run: id -un, sudo: false }]
  runAs: { user: nobody }
- { run: id -un, sudo: true }
`;
      const { said } = await play(text, { selection: 'a' });
      const me = spawnSync('id', ['-un']).stdout.toString();
      assert.equal(said['a'], `nobody\nnobody\n${me}root\n`);
    });
  });
});
