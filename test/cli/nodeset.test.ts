import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkspace, type Workspace } from './commandLine.ts';
import { nodeset } from './nodesetCommand.ts';

type Call = readonly [args: readonly string[], out: string];

function answers(calls: readonly Call[], before: () => readonly string[] = () => []): void {
  for (const [args, out] of calls) {
    it(`answers ${args.join(' ')}`, async () => {
      const said = await nodeset(...args, ...before());
      assert.deepEqual({ code: said.code, out: said.out }, { code: 0, out: `${out}\n` }, said.err);
    });
  }
}

describe('muster nodeset', () => {
  answers([
    [['expand', 'b2', 'b1,a[1-2]'], 'a1 a2 b1 b2'],
    [['fold', 'web01', 'web02', 'web04'], 'web[01-02,04]'],
    [['count', 'web[1-10]', 'web[5-12]'], '12'],
    [['count', 'n[1-1000000]x[1-1000000]'], '1000000000000'],
    [['fold', 'a[1-3]\na5'], 'a[1-3,5]'],
    [['fold', ''], ''],
    [['expand', '--', '-x', 'a'], '-x a'],
  ]);
});

describe('Operations of muster nodeset', () => {
  answers([
    [['expand', 'web[01-04]', '-x', 'web03'], 'web01 web02 web04'],
    [['fold', 'n[1-5]', '--exclude=n[2-3]'], 'n[1,4-5]'],
    [['fold', 'a[1-3]', '-i', 'a[2-9]'], 'a[2-3]'],
    [['fold', 'a[1-3]', '--intersect', 'b1'], ''],
    [['fold', 'n[1-5]', '-X', 'n[3-8]'], 'n[1-2,6-8]'],
    [['fold', 'n[1-5]', '--xor=n5'], 'n[1-4]'],
    [['fold', 'n[1-5]', '-x', 'n1', 'n1', '-i', 'n[1-2]'], 'n[1-2]'],
    [['fold', 'n[1-5]', '-i', 'n[1-2]', 'n1', '-x', 'n1'], 'n2'],
    [['fold', 'n[1-5]&n[1-2],n9'], 'n[1-2,9]'],
  ]);

  it('say that one before the first node set has nothing to work on', async () => {
    const { code, out, err } = await nodeset('fold', '-x', 'a', 'a', 'b');
    assert.deepEqual([code, out], [0, 'a,b\n']);
    assert.match(err, /before the first node set.*write it after/);
  });
});

describe('Options of muster nodeset', () => {
  answers([
    [['expand', '-S', '\\n', 'a[1-2]'], 'a1\na2'],
    [['expand', '--separator=, ', 'a[1-2]'], 'a1, a2'],
    [['fold', '--autostep', '3', 'n[1-9/2]'], 'n[1-9/2]'],
    [['fold', '--autostep', '6', 'n[1-9/2]'], 'n[1,3,5,7,9]'],
    [['fold', '--autostep=auto', 'n[1-9/2]'], 'n[1-9/2]'],
    [['fold', '--autostep=auto', 'n[1-9/2],m'], 'm,n[1,3,5,7,9]'],
    [['fold', '--autostep=80%', 'n[1-9/2],m'], 'm,n[1-9/2]'],
    [['fold', '--axis', '2', 'r[1-2]n[1-2]'], 'r1n[1-2],r2n[1-2]'],
    [['fold', '--axis', '-1', 'r[1-2]n[1-2]'], 'r1n[1-2],r2n[1-2]'],
    [['fold', '--axis', '1-2', 'r[1-2]n[1-2]'], 'r[1-2]n[1-2]'],
    [['fold', '--split', '3', 'n[1-10]'], 'n[1-4]\nn[5-7]\nn[8-10]'],
    [['count', '--split', '3', 'n[1-10]'], '4\n3\n3'],
    [['expand', '--split', '9', 'n[1-2]'], 'n1\nn2'],
    [['fold', '--contiguous', 'n[1-3,5]'], 'n[1-3]\nn5'],
    [['fold', '-I', '0-2', 'n[1-10]'], 'n[1-3]'],
    [['expand', '--slice=1,3-4', 'n[1-10]'], 'n2 n4 n5'],
    [['count', '-I', '0-2', 'n[1-10]'], '3'],
    [['fold', '-I', '0-5', '--split', '2', 'n[1-10]'], 'n[1-3]\nn[4-6]'],
    [['fold', '-R', '1', '2', '010'], '1-2,010'],
    [['expand', '--rangeset', '1-5', '-x', '2-3'], '1 4 5'],
    [['fold', 'n[1-3]', '-I', '0'], 'n1'],
  ]);

  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['fold', 'n[5-1]'], 1, /n\[5-1\]:1 .*backwards/],
    [['expand', 'a', '-x', 'b[1'], 1, /b\[1:1 .*not closed/],
    [['count', 'a,,b'], 1, /a,,b:3 /],
    [['fold', 'a', '-I', '3-1'], 1, /slice 3-1/],
    [['fold', 'a', '--axis', 'x'], 1, /“x” is no axis\. Write --axis 1/],
    [['fold', '-R', 'n1'], 1, /“n1” is not a range/],
    [['expand', 'n[1-1000001]'], 69, /1,000,001 names.*smaller ranges/],
    [['fold', '--zap', 'a'], 64, /Unknown option --zap/],
    [['fold', 'a', '-y'], 64, /Unknown option -y.*"--" before/],
    [['fold', 'a', '-x'], 64, /-x, --exclude <nodes>' argument missing/],
    [['fold', 'a', '--contiguous=1'], 64, /--contiguous takes no value/],
    [['fold', 'a', '--autostep', 'x'], 64, /--autostep 3/],
    [['fold', 'a', '--split', 'x'], 64, /--split needs a whole number/],
    [['fold', 'a', '--split', '2', '--contiguous'], 64, /exclude each other: leave one out/],
    [['expand', 'a', '-S', '\\q'], 64, /separator/],
    [['expand', 'a', '--axis', '1'], 64, /--axis is for folding/],
    [['regroup', '-R', '1'], 64, /Numbers have no groups/],
  ];
  for (const [args, code, message] of wrong) {
    it(`refuse ${args.join(' ')} with ${code}`, async () => {
      const said = await nodeset(...args);
      assert.deepEqual([said.code, said.out], [code, '']);
      assert.match(said.err, message);
    });
  }
});

describe('Groups of muster nodeset', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-nodeset-'));
    writeFileSync(join(folder, 'groups.yaml'), inventory);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const site = (): string[] => ['--inventory', `muster:${join(folder, 'groups.yaml')}`];

  answers(
    [
      [['fold', '@web'], 'web[1-4]'],
      [['fold', '@web!@rack:r1', 'x'], 'web[3-4],x'],
      [['expand', 'web*', '-x', '@rack:*'], 'web3 web4'],
      [['count', '@*'], '5'],
      [['fold', '-a'], 'db1,web[1-4]'],
      [['fold', '-a', '-x', '@web'], 'db1'],
      [['fold', '-s', 'rack', '@r1', '@*'], 'db1,web[1-2]'],
      [['regroup', 'web[1-4]', 'x'], '@web,x'],
      [['regroup', '-s', 'rack', 'web[1-2]'], '@rack:r1'],
      [['regroup', '-s', 'rack', '-G', 'web[1-2]'], '@r1'],
      [['regroup', 'web[1-4]', '-x', 'web1'], '@last,web[2-3]'],
      [['list'], '@last\n@web'],
      [['list', '-l'], '@last web4\n@web web[1-4]'],
      [['list', '-ll'], '@last web4 1\n@web web[1-4] 4'],
      [['list', 'web4'], '@last\n@web'],
      [['list', '-ll', 'web[1-2]', 'db1'], '@web web[1-2] 2/4'],
      [['list', '-s', 'rack'], '@rack:r1\n@rack:r2'],
      [['list', '-L'], '@last\n@web\n@rack:r1\n@rack:r2'],
      [['list', '-L', '-s', 'rack'], '@rack:r1\n@rack:r2\n@last\n@web'],
    ],
    site,
  );

  it('warn of an unknown one, and refuse it where it would be taken away', async () => {
    const warned = await nodeset('fold', '@wbe,x', ...site());
    assert.deepEqual([warned.code, warned.out], [0, 'x\n']);
    assert.match(warned.err, /no group @wbe. Did you mean @web\?/);
    const refused = await nodeset('fold', '@web', '-x', '@wbe', ...site());
    assert.deepEqual([refused.code, refused.out], [1, '']);
    const source = await nodeset('fold', '@web', '-s', 'nix', ...site());
    assert.deepEqual([source.code, source.out], [1, '']);
    assert.match(source.err, /no group source "nix". There are: rack/);
  });
});

describe('muster nodeset as a process', function () {
  let workspace: Workspace;
  before(async () => (workspace = await createWorkspace()));
  after(() => workspace[Symbol.asyncDispose]());
  const input = '# ours\na1 a2,a3\n\n  b[1-2]  # more\r\n';

  for (const [args, out] of [
    [['fold'], 'a[1-3],b[1-2]'],
    [['fold', '-'], 'a[1-3],b[1-2]'],
    [['fold', 'c', '-', '-x', 'b1'], 'a[1-3],b2,c'],
    [['fold', 'a[1-9]', '-i', '-'], 'a[1-3]'],
    [['count', '-', '-'], '5'],
  ] as const) {
    it(`reads stdin: ${args.join(' ')}`, async () => {
      const said = await workspace.muster(['nodeset', ...args], { input });
      assert.deepEqual(said, { code: 0, out: `${out}\n`, err: '' });
    });
  }

  it('ends with 1 for a bad set on stdin', async () => {
    const { code, out } = await workspace.muster(['nodeset', 'fold'], { input: 'a[1' });
    assert.deepEqual([code, out], [1, '']);
  });

  it('takes the inventory of the folder', async () => {
    const { out } = await workspace.muster(['nodeset', 'regroup', 'n[1-3]']);
    assert.equal(out, '@pair,n3\n');
  });

  it('has no groups to regroup by where there is no inventory, and says so', async () => {
    await using empty = await createWorkspace();
    await rm(join(empty.folder, '.muster'), { recursive: true });
    const { code, out, err } = await empty.muster(['nodeset', 'regroup', 'n[1-2]']);
    assert.deepEqual([code, out], [0, 'n[1-2]\n']);
    assert.match(err, /no inventory.*--inventory/);
    assert.equal((await empty.muster(['nodeset', 'regroup', 'n1', '--inventory', 'none.yaml'])).code, 65);
    assert.equal((await empty.muster(['nodeset', 'list'])).code, 65);
    assert.equal((await empty.muster(['nodeset', 'fold', '@pair'])).code, 65);
  });
});

const inventory = `version: 1
nodes:
  web[1-4]: {}
  db1: {}
groups:
  web: { nodes: "web[1-4]" }
  last: { nodes: web4 }
  "rack:r1": { nodes: "web[1-2]" }
  "rack:r2": { nodes: db1 }
`;
