import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import { secretApprovalsIn } from '../../../engine/trust/secretCommands.ts';
import { type Playing, withPlaybooks } from './play.ts';

const hasAge = spawnSync('age', ['--version']).status === 0;

/** Every file below a folder that has the text in it. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path, 'latin1')).includes(text)) found.push(path);
  }
  return found;
}

async function refusal({ client, request }: Playing, selection = 'a'): Promise<string> {
  const planned = await client.plan(request({ selection }));
  assert.ok(planned.ok, JSON.stringify(planned));
  const started = await client.start({ plan: planned.value.plan });
  assert.ok(!started.ok);
  return `${started.error.code} ${started.error.message}`;
}

const says = (secret: string): string => `secrets: { key: ${secret} }
steps:
- { id: x, run: 'printf %s "$K" | wc -c; echo {{ secret.key }}', env: { K: '{{ secret.key }}' } }
- { fail: 'no {{ secret.key }}' }
`;

describe('a secret from a command', function () {
  it('is what it prints without its line end, and stands in nothing that is kept or told', () =>
    withPlaybooks(async ({ play, folder }) => {
      const text = says('{ command: [sh, -c, "echo canary-command-$((40+2))"] }');
      const { said, steps, state } = await play(text, { selection: 'a' });
      assert.match(said['a'] ?? '', /^17\n\*{8}\n$/);
      assert.equal(steps('a')[1], 'failed fail: no ********');
      assert.ok(!JSON.stringify(state).includes('canary-command-42'));
      assert.deepEqual(await filesWith(join(folder, 'data'), 'canary-command-42'), []);
    }));

  it('is read by no shell, in the folder of its file, and people are told', () =>
    withPlaybooks(async ({ play, write, client, request }) => {
      await write('key.txt', 'from-the-file; $(id)\n');
      const { said } = await play(says('{ command: [cat, key.txt] }'), { selection: 'a' });
      assert.match(said['a'] ?? '', /^20\n/);
      const planned = await client.plan(request({ selection: 'a' }));
      assert.ok(planned.ok);
      const note = planned.value.notes.find((each) => each.includes('"key"'));
      assert.match(
        note ?? '',
        /^The secret "key" is what cat key\.txt prints on this machine \(.*test\.playbook\.yaml\)\.$/,
      );
    }));

  const failures: readonly [what: string, command: string, message: RegExp][] = [
    ['is not there', '[gone-4711]', /"key" does not come from gone-4711: gone-4711 is not installed/],
    ['fails', '[sh, -c, "echo locked >&2; exit 2"]', /: exit 2: locked\./],
    ['prints nothing', '[sh, -c, ":"]', /"key" is empty/],
  ];
  for (const [what, command, message] of failures) {
    it(`is refused before anything runs where the command ${what}`, () =>
      withPlaybooks(async (playing) => {
        await playing.write('test.playbook.yaml', says(`{ command: ${command} }`));
        assert.match(await refusal(playing), message);
        assert.deepEqual(await playing.client.batches(), []);
      }));
  }

  it('runs outside of a trusted window only once a person has allowed it, and the program as it is', () =>
    withPlaybooks(
      async (playing) => {
        const { write, folder, client } = playing;
        const file = join(folder, 'test.playbook.yaml');
        const program = join(folder, 'key.sh');
        await write('key.sh', '#!/bin/sh\necho canary-one-1\n');
        await chmod(program, 0o700);
        await write('test.playbook.yaml', `${says('{ command: [./key.sh] }')}targets: a\n`);
        await allow(client, folder, []);
        assert.match(await refusal(playing), /^UNTRUSTED .*run "muster trust .*test\.playbook\.yaml"/);
        const requests = secretApprovalsIn(file);
        assert.ok(requests.ok);
        await allow(
          client,
          folder,
          requests.value.map(({ id }) => id),
          file,
        );
        assert.equal(
          (await playing.play(says('{ command: [./key.sh] }'), { selection: 'a' })).steps('a').length,
          2,
        );
        await writeFile(program, '#!/bin/sh\necho canary-two-2\n');
        assert.match(await refusal(playing), /^UNTRUSTED /);
      },
      { localNodes: 'approved' },
    ));
});

/** A person's yes to the local nodes, and to what else is asked for. */
// oxlint-disable-next-line max-params -- who says yes, where, and to what
async function allow(
  client: EngineClient,
  folder: string,
  ids: readonly string[],
  file?: string,
): Promise<void> {
  const sources = [{ type: 'muster' as const, path: join(folder, 'inventory.yaml') }];
  const inventory = await client.inventory({ sources });
  const nodes = inventory.sources.flatMap(({ approvals }) => approvals).map(({ id }) => id);
  const done = await client.approve({
    sources,
    ids: [...nodes, ...ids],
    ...(file !== undefined && { file }),
  });
  assert.ok(done.ok, JSON.stringify(done));
}

describe('a secret in an age file', function () {
  it('is decrypted with the identity of the person, and stands in nothing that is kept', async function () {
    if (!hasAge) {
      console.log('      age is not installed on this machine: not tried');
      return this.skip();
    }
    await withPlaybooks(async ({ play, folder }) => {
      const identity = join(folder, 'identity.txt');
      execFileSync('age-keygen', ['-o', identity], { stdio: 'ignore' });
      const recipient = execFileSync('age-keygen', ['-y', identity]).toString().trim();
      execFileSync('age', ['-r', recipient, '-o', join(folder, 'key.age')], { input: 'canary-age-77\n' });
      process.env['AGE_IDENTITY'] = identity;
      try {
        const { said, steps } = await play(says('{ age: key.age }'), { selection: 'a' });
        assert.match(said['a'] ?? '', /^13\n\*{8}\n$/);
        assert.equal(steps('a')[1], 'failed fail: no ********');
        assert.deepEqual(await filesWith(join(folder, 'data'), 'canary-age-77'), []);
      } finally {
        delete process.env['AGE_IDENTITY'];
      }
    });
  });

  it('that can not be decrypted is refused before anything runs, with why', () =>
    withPlaybooks(async (playing) => {
      await playing.write('key.age', 'no age file\n');
      await playing.write('test.playbook.yaml', says('{ age: key.age }'));
      const why = hasAge ? /"key" can not be decrypted from .*key\.age: exit 1/ : /age is not installed/;
      assert.match(await refusal(playing), why);
    }));
});

describe('secrets of the configuration', function () {
  before(() => void (process.env['MUSTER_TEST_CONF'] = 'canary-conf-33'));
  after(() => void delete process.env['MUSTER_TEST_CONF']);
  const config = `secrets:
  key: { env: MUSTER_TEST_CONF }
  unused: { env: MUSTER_TEST_GONE }
`;

  it('are there for playbooks and tasks that name them, and only those that are named are looked up', () =>
    withPlaybooks(async ({ play, write }) => {
      await write('.muster/config.yaml', config);
      await write('t.task.yaml', 'steps: [{ run: "echo {{ secret.key }}" }]\n');
      const text = `steps: [{ id: x, task: t.task.yaml }, { run: "echo {{ secret['key'] }}" }]\n`;
      assert.equal((await play(text, { selection: 'a' })).said['a'], '********\n********\n');
    }));

  it('give way to one of the same name in the playbook', () =>
    withPlaybooks(async ({ play, write }) => {
      await write('.muster/config.yaml', config);
      const text = `secrets: { key: { command: [echo, own] } }\nsteps: [{ run: "echo {{ secret.key | length }}" }]\n`;
      assert.equal((await play(text, { selection: 'a' })).said['a'], '3\n');
    }));

  it('that no file has are a mistake with what was meant', () =>
    withPlaybooks(async ({ client, request, write }) => {
      await write('.muster/config.yaml', config);
      await write('test.playbook.yaml', 'steps: [{ run: "echo {{ secret.kye }}" }]\n');
      const planned = await client.plan(request());
      assert.ok(!planned.ok);
      assert.match(planned.error.message, /no "kye" in secret\. Did you mean "key"\?/);
    }));
});

describe('a secret that no step names', function () {
  it('is not looked up, and one that only a file names that is filled in is', () =>
    withPlaybooks(async ({ play, write, folder }) => {
      await write('key.conf', 'key={{ secret.key }}\n');
      const text = `secrets: { key: { command: [echo, in-a-template] }, gone: { env: MUSTER_TEST_GONE } }
steps:
- { template: { from: key.conf, to: '${folder}/a/out.conf' }, tags: put }
- { run: "echo {{ secret.gone }}", tags: other }
`;
      const { state } = await play(text, { selection: 'a', tags: ['put'] });
      assert.equal(state.status, 'succeeded');
      assert.equal(await readFile(join(folder, 'a', 'out.conf'), 'utf8'), 'key=in-a-template\n');
    }));
});
