import assert from 'node:assert/strict';
import type { SourceState } from '../../../core/inventory/source.ts';
import { resolveTargets } from '../../../core/selection/resolveTargets.ts';
import { fleet, group, node, source } from './fleet.ts';

function resolve(selection: string, ...sources: SourceState[]) {
  const index = fleet(
    [node('web1', { tags: ['t'] }), node('web2', { facts: { f: 1 } })],
    [group('g', ['web1'])],
    sources,
  );
  return resolveTargets({ selection }, index, { seed: 0 });
}

describe('While a source gives nothing', () => {
  const failed = source('hosts.ini', 'failed', 'It can not be read.');

  it('what is selected comes with a warning for each such source', () => {
    const { nodes, problems } = resolve('all', failed, source('nodes.sh', 'held'), source('ok.yaml', 'ok'));
    assert.deepEqual(nodes, ['web1', 'web2']);
    assert.deepEqual(
      problems.map(({ code, severity, message }) => [code, severity, message]),
      [
        ['SELECTION_SOURCE_MISSING', 'warning', 'hosts.ini is not used: It can not be read.'],
        ['SELECTION_SOURCE_MISSING', 'warning', 'nodes.sh is not used'],
      ],
    );
  });

  const allowed = [
    'web1',
    'web*',
    '@g',
    'all !web1',
    'all !node:web1',
    'all & @g',
    'web*,tag:t',
    'all !none',
    'all !web[1-2]',
  ];
  for (const selection of allowed) {
    it(`nodes are found: ${selection}`, () => {
      const { problems } = resolve(selection, failed);
      assert.deepEqual(
        problems.map(({ severity }) => severity),
        ['warning'],
      );
      assert.deepEqual(resolve(selection, failed).nodes, resolve(selection).nodes);
    });
  }

  const refused: readonly (readonly [string, string, number])[] = [
    ['all !@g', '@g', 6],
    ['all !g', 'g', 6],
    ['all & !@g', '@g', 8],
    ['all !tag:t', 'tag:t', 6],
    ['all !web*', 'web*', 6],
    ['all !~/1/', '~/1/', 6],
    ['all !fact:f', 'fact:f', 6],
    ['all ^ @g', '@g', 7],
    ['@g ^ web1', '@g', 1],
    ['all !(web2,@g)', '@g', 12],
    ['all !(web2 & tag:t)', 'tag:t', 14],
  ];
  for (const [selection, text, column] of refused) {
    it(`more could be left than was meant: ${selection}`, () => {
      const { nodes, problems } = resolve(selection, failed);
      const errors = problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(nodes, []);
      assert.deepEqual(
        errors.map(({ code, message, range }) => [code, message, range?.column]),
        [['SELECTION_INCOMPLETE', `hosts.ini is not used, so what ${text} leaves out is not known.`, column]],
      );
      assert.notEqual(errors[0]?.fix, undefined);
    });
  }

  it('a held or refused source counts as well, whatever it still says', () => {
    assert.deepEqual(resolve('all !@g', source('nodes.sh', 'held')).nodes, []);
    assert.deepEqual(resolve('all !@g', source('hosts.ini', 'refused')).nodes, []);
    assert.deepEqual(resolve('all !web1', source('hosts.ini', 'refused')).nodes, ['web2']);
  });
});
