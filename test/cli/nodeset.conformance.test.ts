import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { nodeset } from './nodesetCommand.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** One call of ClusterShell's nodeset, and what it said. */
type Row = {
  readonly number: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout: string;
};

describe('muster nodeset beside the nodeset of ClusterShell', () => {
  if (!existsSync(corpus)) {
    it.skip('says the same (skipped: ../shared/corpus is not there)');
    return;
  }
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-nodeset-'));
    const groups = join(corpus, 'clustershell/cea-hpc__clustershell/conf/groups.d');
    mkdirSync(join(folder, 'groups.d'));
    cpSync(join(groups, 'cluster.yaml.example'), join(folder, 'groups.d/cluster.yaml'));
    cpSync(join(groups, 'local.cfg'), join(folder, 'groups.d/local.cfg'));
    const map = "sed -n 's/^$GROUP:\\(.*\\)/\\1/p' $CFGDIR/groups.d/local.cfg";
    const main = '[Main]\ndefault: local\nautodir: $CFGDIR/groups.d\n';
    writeFileSync(join(folder, 'groups.conf'), `${main}[local]\nmap: ${map}\n`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const row of readOracle('nodeset-oracle.tsv')) {
    it(`says the same to ${row.number}: ${row.args.join(' ')}`, () => compare(row));
  }
  for (const row of readOracle('nodeset-groups-oracle.tsv')) {
    it(`says the same with groups to ${row.number}: ${row.args.join(' ')}`, () =>
      compare(row, ['--inventory', `clustershell:${folder}`]));
  }
});

/** 2 is nodeset's exit code for a wrong option, 64 is ours. */
async function compare({ args, code, stdout }: Row, more: readonly string[] = []): Promise<void> {
  const [task, ...words] = translated(args);
  const said = await nodeset(task ?? '', ...more, ...words);
  const expected = { code: code === 2 ? 64 : code, out: code === 0 ? `${stdout}\n` : '' };
  assert.deepEqual({ code: said.code, out: said.out }, expected, said.err);
}

const tasks: ReadonlyMap<string, readonly string[]> = new Map([
  ['-e', ['expand']],
  ['-f', ['fold']],
  ['-c', ['count']],
  ['-r', ['regroup']],
  ['-l', ['list']],
  ['-ll', ['list', '--long']],
]);

/** The same call in our words: the first command is a word, and what looks like an option after a node set is none. */
function translated(args: readonly string[]): string[] {
  const at = args.findIndex((word) => tasks.has(word));
  const rest = args.slice(at + 1);
  const odd = rest.findIndex((word, place) => place > 0 && tasks.has(word));
  const words = odd === -1 ? rest : rest.toSpliced(odd, 0, '--');
  return [...(tasks.get(args[at] ?? '') ?? []), ...args.slice(0, at), ...words];
}

function readOracle(name: string): Row[] {
  const lines = readFileSync(join(corpus, name), 'utf8').trimEnd().split('\n');
  const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
  const [head = [], ...body] = rows;
  return body.map((cells) => {
    const cell = (column: string): string => cells[head.indexOf(column)] ?? '';
    return {
      number: cell('n'),
      args: z.array(z.string()).parse(JSON.parse(cell('args'))),
      code: Number(cell('rc')),
      stdout: z.string().parse(JSON.parse(cell('stdout'))),
    };
  });
}
