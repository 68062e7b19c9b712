import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, toolPath } from './repository.ts';

/** Imports that must fail the check, by the file they are planted in: one line per rule of the import table. */
const forbidden: Record<string, readonly string[]> = {
  'core/run': [
    'node:fs',
    'node:timers',
    'vscode',
    'ssh2',
    'lit',
    'commander',
    'vscode-jsonrpc',
    '../../engine/engine.ts',
    '../../cli/main.ts',
    '../../server/main.ts',
    '../../extension/main.ts',
    '../../webview/main.ts',
  ],
  'engine/history': [
    'vscode',
    'lit',
    'commander',
    'vscode-languageserver',
    '../../cli/main.ts',
    '../../server/main.ts',
    '../../extension/main.ts',
    '../../webview/main.ts',
  ],
  server: [
    'vscode',
    'ssh2',
    'vscode-languageclient',
    '../engine/engine.ts',
    '../cli/main.ts',
    '../extension/main.ts',
    '../webview/main.ts',
  ],
  'server/service': [
    'vscode',
    'node:fs',
    'vscode-languageserver',
    'vscode-languageserver/node',
    '../../engine/engine.ts',
    '../../cli/main.ts',
    '../../extension/main.ts',
    '../../webview/main.ts',
  ],
  webview: [
    'vscode',
    'node:fs',
    'zod',
    'yaml',
    'ssh2',
    '../core/run/plan.ts',
    '../core/run/execute.ts',
    '../core/inventory/model.ts',
    '../core/selection/resolve.ts',
    '../core/plugin/transport.ts',
    '../engine/client.ts',
    '../cli/main.ts',
    '../server/main.ts',
    '../extension/main.ts',
  ],
  cli: [
    'vscode',
    'ssh2',
    'lit',
    '../extension/main.ts',
    '../webview/main.ts',
    '../server/service/hover.ts',
    '../server/connect.ts',
  ],
  'extension/features': [
    'ssh2',
    'lit',
    'yaml',
    '../../core/yaml/compose.ts',
    '../../core/playbook/read/readPlaybook.ts',
    '../../core/playbook/describeFile.ts',
    '../../engine/engine.ts',
    '../../engine/main.ts',
    '../../engine/transports/ssh/connect.ts',
    '../../cli/main.ts',
    '../../server/main.ts',
    '../../webview/main.ts',
  ],
};

/** Imports that the same rules must let through. */
const allowed: Record<string, readonly string[]> = {
  'core/run': ['zod', 'yaml', 'p-limit', './plan.ts', '../protocol/engine.ts'],
  'engine/history': [
    'node:sqlite',
    'node:fs/promises',
    'ssh2',
    'vscode-jsonrpc/node',
    '../../core/run/plan.ts',
  ],
  server: ['node:process', 'vscode-languageserver/node', './service/hover.ts', '../core/yaml/compose.ts'],
  'server/service': [
    'vscode-languageserver-types',
    'vscode-languageserver-textdocument',
    '../../core/run/plan.ts',
  ],
  webview: [
    'lit',
    'lit/directives/repeat.js',
    '@vscode-elements/elements/dist/vscode-button/index.js',
    '../core/run/state.ts',
    '../core/run/gather/cluster.ts',
    '../core/selection/nodeset.ts',
    '../core/protocol/webview.ts',
    './view/header.ts',
  ],
  cli: ['commander', 'node:process', '../engine/engine.ts', '../core/run/plan.ts', '../server/start.ts'],
  'extension/features': [
    'vscode',
    'vscode-languageclient/node',
    '../../engine/client.ts',
    '../../core/run/state.ts',
  ],
};

/** How an import can be written: none of them gets around the rules. */
const forms: Record<string, (specifier: string) => string> = {
  value: (specifier) => `import { a } from '${specifier}';\nexport const b = a;\n`,
  type: (specifier) => `import type { A } from '${specifier}';\nexport type B = A;\n`,
  'export from': (specifier) => `export { a } from '${specifier}';\n`,
  dynamic: (specifier) => `export const b = import('${specifier}');\n`,
};

describe('the import table of the architecture', function () {
  let folder = '';
  let flagged: ReadonlySet<string> = new Set();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-imports-'));
    for (const plant of [...plants(forbidden, 'forbidden'), ...plants(allowed, 'allowed')]) {
      await mkdir(dirname(join(folder, plant.file)), { recursive: true });
      await writeFile(join(folder, plant.file), plant.text);
    }
    await writeFile(
      join(folder, 'core/ring-a.ts'),
      "export { b } from './ring-b.ts';\nexport const a = 1;\n",
    );
    await writeFile(
      join(folder, 'core/ring-b.ts'),
      "export { a } from './ring-a.ts';\nexport const b = 1;\n",
    );
    await writeFile(join(folder, '.oxlintrc.json'), await lintRules());
    flagged = await filesWith(folder, /no-restricted-imports|no-cycle/);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const room of Object.keys(forbidden)) {
    it(`keeps ${room} from importing what the table does not name, in any form`, () => {
      const passed = plants(forbidden, 'forbidden').filter(
        (plant) => plant.room === room && !flagged.has(plant.file),
      );
      assert.deepEqual(passed.map(title), []);
    });
    it(`lets ${room} import what the table names`, () => {
      const failed = plants(allowed, 'allowed').filter(
        (plant) => plant.room === room && flagged.has(plant.file),
      );
      assert.deepEqual(failed.map(title), []);
    });
  }

  it('has no import cycles', () => {
    assert.ok(flagged.has('core/ring-a.ts') && flagged.has('core/ring-b.ts'));
  });

  it('is checked in every room by npm run check', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const rooms = new Set(Object.keys(forbidden).map((room) => room.split('/')[0]));
    const linted = new Set(String(scripts['check:lint']).split(' '));
    assert.deepEqual(
      [...rooms].filter((room) => room && !linted.has(room)),
      [],
    );
    assert.match(scripts.check, /check:lint/);
    assert.match(scripts.check, /check:types/);
  });
});

describe('the project references', function () {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-references-'));
    for (const file of ['tsconfig.base.json', 'core/tsconfig.json', 'server/service/tsconfig.json']) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await cp(join(root, file), join(folder, file));
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}\n');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    await writeFile(join(folder, 'core/plain.ts'), 'export const a = 1;\n');
    await writeFile(join(folder, 'server/connect.ts'), 'export const a = 1;\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('keep the language service from importing the server around it', async () => {
    await writeFile(join(folder, 'server/service/bad.ts'), "export { a } from '../connect.ts';\n");
    assert.match(await output('tsc', ['-b', 'server/service'], folder), /bad\.ts.*TS6307/);
    await writeFile(join(folder, 'server/service/bad.ts'), "export { a } from '../../core/plain.ts';\n");
    assert.equal(await output('tsc', ['-b', 'server/service'], folder), '');
  });

  it('keep timers, Node and the DOM out of core', async () => {
    const text = 'export const a = [setTimeout, process, document];\n';
    await writeFile(join(folder, 'core/plain.ts'), text);
    const printed = await output('tsc', ['-b', 'core'], folder);
    for (const name of ['setTimeout', 'process', 'document']) {
      assert.match(printed, new RegExp(`Cannot find name '${name}'`));
    }
  });
});

type Plant = { room: string; specifier: string; form: string; file: string; text: string };

function title(plant: Plant): string {
  return `${plant.specifier} (${plant.form})`;
}

function plants(table: Record<string, readonly string[]>, kind: string): readonly Plant[] {
  return Object.entries(table).flatMap(([room, specifiers]) =>
    specifiers.flatMap((specifier, at) =>
      Object.entries(forms).map(([form, write]) => ({
        room,
        specifier,
        form,
        file: `${room}/${kind}-${at}-${form.replace(' ', '-')}.ts`,
        text: write(specifier),
      })),
    ),
  );
}

/** The project's own rules, without types: the planted files belong to no project. */
async function lintRules(): Promise<string> {
  const { options: _types, ...rules } = JSON.parse(await readFile(join(root, '.oxlintrc.json'), 'utf8'));
  return JSON.stringify(rules);
}

async function filesWith(cwd: string, rule: RegExp): Promise<ReadonlySet<string>> {
  const printed = await output('oxlint', ['--format', 'json', '.'], cwd);
  const { diagnostics } = JSON.parse(printed);
  const files: string[] = diagnostics
    .filter(({ code }: { code: string }) => rule.test(code))
    .map(({ filename }: { filename: string }) => filename);
  return new Set(files);
}

/** What a tool of the project prints, whatever its exit code. */
function output(tool: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(toolPath(tool), args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
