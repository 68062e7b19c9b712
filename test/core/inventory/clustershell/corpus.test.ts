import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseClusterShell } from '../../../../core/inventory/clustershell/parseClusterShell.ts';
import { parseBolt } from '../../../../core/inventory/bolt/parseBolt.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { indexInventory } from '../../../../core/inventory/model.ts';
import type { Files, InventoryPart } from '../../../../core/inventory/part.ts';
import { hasErrors } from '../../../../core/util/problem.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));
const nodeset = '/usr/bin/nodeset';

const disk: Files = {
  read(path) {
    if (!existsSync(path)) return { missing: true };
    return statSync(path).isFile() ? { text: readFileSync(path, 'utf8') } : { unreadable: 'It is no file.' };
  },
  list: (folder) =>
    existsSync(folder) && statSync(folder).isDirectory()
      ? readdirSync(folder, { withFileTypes: true })
          .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : undefined,
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .toSorted();
}

/** What a file came to, in a line: how much of it, or the first reason against it. */
function outcome(path: string, { nodes, groups, problems }: InventoryPart): string {
  const error = problems.find(({ severity }) => severity === 'error');
  const name = path.slice(corpus.length + 1);
  if (!error) return `${name}: ${nodes.length} nodes, ${groups.length} groups`;
  return `${name}:${error.range?.line}:${error.range?.column} ${error.message}`;
}

const parsers = { bolt: parseBolt, clustershell: parseClusterShell };

describe('Inventories that other people wrote', () => {
  for (const kind of ['bolt', 'clustershell'] as const) {
    it(`of kind ${kind} are read, or refused with file, line and reason`, function () {
      if (!existsSync(join(corpus, kind))) {
        console.log('        (skipped: ../shared/corpus is not there)');
        return this.skip();
      }
      const paths = filesBelow(join(corpus, kind)).filter((path) => !path.endsWith('.json'));
      const read = paths.map((path) => ({
        path,
        part: parsers[kind]({ path, files: disk, home: '/home/ann', user: 'ann' }),
      }));
      const refused = read.filter(({ part }) => hasErrors(part.problems));
      console.log(`        ${read.length - refused.length} read, ${refused.length} refused:`);
      for (const { path, part } of refused) console.log(`        ${outcome(path, part)}`);
      for (const { part } of refused) {
        for (const { file, range, message } of part.problems) assert.ok(file && range && message);
      }
      return undefined;
    });
  }

  it('have the groups that nodeset finds in them', function () {
    const conf = join(corpus, 'clustershell/cea-hpc__clustershell/conf/groups.d');
    if (!existsSync(conf) || !existsSync(nodeset)) {
      console.log('        (skipped: ../shared/corpus or nodeset is not there)');
      return this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'muster-groups-'));
    try {
      mkdirSync(join(folder, 'groups.d'));
      cpSync(join(conf, 'cluster.yaml.example'), join(folder, 'groups.d/cluster.yaml'));
      cpSync(join(conf, 'local.cfg'), join(folder, 'groups.d/local.cfg'));
      const map = "sed -n 's/^$GROUP:\\(.*\\)/\\1/p' $CFGDIR/groups.d/local.cfg";
      const main = '[Main]\ndefault: local\nautodir: $CFGDIR/groups.d\n';
      writeFileSync(join(folder, 'groups.conf'), `${main}[local]\nmap: ${map}\n`);
      const part = parseClusterShell({ path: folder, files: disk, home: '/home/ann', user: 'ann' });
      assert.deepEqual(part.problems, []);
      const found = groupMembers(part);
      for (const [name, members] of found) {
        const printed = execFileSync(nodeset, ['-e', `@${name}`], {
          env: { CLUSTERSHELL_CFGDIR: folder, PATH: '/usr/bin:/bin' },
          encoding: 'utf8',
        });
        assert.deepEqual(members.toSorted(), printed.trim().split(' ').toSorted(), name);
      }
      console.log(`        ${found.size} groups equal nodeset's`);
    } finally {
      rmSync(folder, { recursive: true });
    }
    return undefined;
  });
});

function groupMembers(part: InventoryPart): Map<string, readonly string[]> {
  const state = {
    id: 'groups',
    type: 'clustershell' as const,
    ref: { path: '/groups' },
    status: 'ok' as const,
    nodes: part.nodes.length,
    groups: part.groups.length,
    files: [],
    readAt: 0,
    approvals: [],
  };
  const index = indexInventory(mergeSources([{ state, part, priority: 50 }]).inventory);
  return new Map([...index.groups.keys()].map((name) => [name, index.members(name)]));
}
