import assert from 'node:assert/strict';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { policyPaths } from '../../../engine/policy/policyPaths.ts';
import { readPolicyFile } from '../../../engine/policy/readPolicyFile.ts';
import { tempFolder } from '../tempFolder.ts';
import { type World, withWorld } from './world.ts';

const deny = 'rules: [{ decision: deny }]\n';

async function verdictWith(world: World, change = {}): Promise<string> {
  return (await world.plan(change)).decision.verdict;
}

describe('R-R4: a policy file', () => {
  it('that is missing allows what is usual', () =>
    withWorld(async (world) => assert.equal(await verdictWith(world), 'allow')));

  it('counts from the moment it is saved, of the person and of the machine', () =>
    withWorld(async (world) => {
      for (const file of [world.paths.user, world.paths.machine]) {
        await writeFile(file, deny);
        assert.equal(await verdictWith(world), 'deny');
        await rm(file);
        assert.equal(await verdictWith(world), 'allow');
      }
    }));

  const broken: readonly (readonly [string, (file: string) => Promise<unknown>, RegExp])[] = [
    [
      'has an unknown key',
      (file) => writeFile(file, 'version: 1\nrulez: []\n'),
      /policy\.yaml:2: Unknown key "rulez"/,
    ],
    ['is not YAML', (file) => writeFile(file, 'rules: [\n'), /policy\.yaml:\d/],
    [
      'has a selection that is none',
      (file) => writeFile(file, 'rules:\n- { decision: deny, targets: "a &" }\n'),
      /policy\.yaml:2: /,
    ],
    [
      'has an expression that takes too long',
      (file) => writeFile(file, "rules:\n- { decision: deny, command: '(a)\\1' }\n"),
      /policy\.yaml:2: /,
    ],
    [
      'everybody can write to',
      async (file) => {
        await writeFile(file, '');
        await chmod(file, 0o666);
      },
      /everybody can write to it/,
    ],
    [
      'is in a folder that everybody can write to',
      async (file) => {
        await writeFile(file, '');
        await chmod(join(file, '..'), 0o777);
      },
      /its folder/,
    ],
    ['is a folder', (file) => mkdir(file), /not a regular file/],
    ['is a link to nowhere', (file) => symlink('nowhere', file), /can not be read/],
    ['is too large', (file) => writeFile(file, '#'.repeat(300_000)), /more than 256 KiB/],
  ];
  for (const [name, make, expected] of broken) {
    it(`that ${name} denies everything and says where`, () =>
      withWorld(async (world) => {
        await make(world.paths.user);
        const preview = await world.plan();
        assert.match(preview.denied ?? '', expected);
        const started = await world.client.start({ plan: preview.plan, confirmed: true, typed: '1' });
        assert.ok(!started.ok && started.error.code === 'DENIED');
        const state = await world.client.policy({ sources: [] });
        assert.equal(state.files.find(({ level }) => level === 'user')?.status, 'broken');
      }));
  }

  it('that can not be read denies everything', async function () {
    if (process.getuid?.() === 0) this.skip(); // root reads everything
    await withWorld(async (world) => {
      await writeFile(world.paths.user, '');
      await chmod(world.paths.user, 0o000);
      assert.equal(await verdictWith(world), 'deny');
    });
  });

  it('of another user counts for the workspace only', async function () {
    await using folder = await tempFolder();
    const file = join(folder.path, 'policy.yaml');
    await writeFile(file, '');
    if (process.getuid?.() !== 0) this.skip(); // only root can give files away
    const { chown } = await import('node:fs/promises');
    await chown(file, 65_534, 65_534);
    assert.equal(readPolicyFile({ file, level: 'user' }).status, 'broken');
    assert.equal(readPolicyFile({ file, level: 'workspace' }).status, 'ok');
  });

  it('of a workspace can only make things stricter', () =>
    withWorld(async (world) => {
      const own = join(world.folder, '.muster', 'policy.yaml');
      await writeFile(world.paths.user, 'confirmAbove: 1\nrules: [{ decision: confirm, targets: b }]\n');
      const loose = 'protectedTags: []\nconfirmAbove: 1000\ndefault: allow\nrules: [{ decision: allow }]\n';
      await writeFile(own, loose);
      const two = { selection: 'a,b' };
      assert.equal(await verdictWith(world, { selection: 'safe' }), 'typed-confirm');
      assert.equal(await verdictWith(world, { selection: 'b' }), 'confirm');
      assert.equal(await verdictWith(world, two), 'confirm');
      await writeFile(own, 'typedAbove: 1\n');
      assert.equal(await verdictWith(world, two), 'typed-confirm');
    }));

  it('of a folder above counts too, from wherever the command is given', () =>
    withWorld(async (world) => {
      await writeFile(join(world.folder, '.muster', 'policy.yaml'), deny);
      const inner = join(world.folder, 'inner', '.muster');
      await mkdir(inner, { recursive: true });
      await writeFile(join(inner, 'policy.yaml'), 'rules: [{ decision: allow }]\n');
      await writeFile(join(inner, 'inventory.yaml'), 'nodes: { x: { transport: local, cwd: . } }\n');
      const sources = [{ path: join(inner, 'inventory.yaml') }];
      assert.equal(await verdictWith(world, { sources, selection: 'x' }), 'deny');
    }));

  it('is where the system keeps such files', () => {
    if (process.platform === 'win32') return;
    assert.equal(policyPaths({}, '/home/ada').user, '/home/ada/.config/muster/policy.yaml');
    assert.equal(policyPaths({ XDG_CONFIG_HOME: '/cfg' }, '/home/ada').user, '/cfg/muster/policy.yaml');
    assert.equal(policyPaths({ XDG_CONFIG_HOME: 'cfg' }, '/h').user, '/h/.config/muster/policy.yaml');
    assert.equal(policyPaths({}, '/h').machine, '/etc/muster/policy.yaml');
  });
});
