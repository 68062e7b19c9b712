import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mergeVars, type VarLayer, varLayers, varsOfParams } from '../../../core/playbook/varLayers.ts';

/** How docs/playbooks.md calls each. */
const inWords: Readonly<Record<VarLayer, string>> = {
  configuration: '`config.yaml`',
  task: '`vars` of the task',
  inventory: 'groups of the inventory',
  playbook: '`vars` of the playbook',
  params: 'parameters that have a value',
  kept: '`register` and `set`',
  commandLine: '`--var NAME=VALUE`',
};

describe('layers of variables', () => {
  it('lets the later of any two win, and keeps what only one has', () => {
    const none = Object.fromEntries(varLayers.map((layer) => [layer, {}])) as Record<
      VarLayer,
      Record<string, string>
    >;
    for (const [at, weaker] of varLayers.entries())
      for (const stronger of varLayers.slice(at + 1)) {
        const vars = mergeVars({
          ...none,
          [stronger]: { port: stronger },
          [weaker]: { port: weaker, own: weaker },
        });
        assert.deepEqual(vars, { port: stronger, own: weaker });
      }
  });

  it('has no variable for a parameter that is nothing', () => {
    assert.deepEqual(varsOfParams({ version: '1.2', tag: null, count: 0 }), { version: '1.2', count: 0 });
  });

  it('stands in docs/playbooks.md in the same order', () => {
    const page = readFileSync(new URL('../../../docs/playbooks.md', import.meta.url), 'utf8');
    const list = page.slice(page.indexOf('the last of these wins:')).split('\n').slice(2);
    const items = list.slice(0, list.indexOf(''));
    assert.equal(items.length, varLayers.length);
    for (const [at, layer] of varLayers.entries()) assert(items[at]?.includes(inWords[layer]), layer);
  });
});
