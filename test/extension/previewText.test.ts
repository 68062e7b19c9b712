import assert from 'node:assert/strict';
import type { LoadedPlaybook } from '../../core/playbook/plannedStep.ts';
import { previewPrompt, previewTitle } from '../../extension/model/previewText.ts';
import { running } from './batches.ts';

describe('the title of the preview', () => {
  it('counts and folds', () => {
    assert.equal(previewTitle(['web01', 'web02', 'web03']), 'Run on 3 nodes: web[01-03]');
    assert.equal(previewTitle([]), 'No node selected.');
  });
});

describe('what the preview says above its nodes', () => {
  const { plan } = running('uname -r', 12);
  const twelve = {
    ...plan,
    targets: [],
    executions: Array.from({ length: 12 }, (_, at) => ({ id: `e${at}`, node: `n${at}` })),
  };
  const none = { warnAbove: 50, warnings: [], silent: [] };
  const counted = 'This runs on 12 nodes, more than 10.';
  const how = 'uname -r · parallel, 10 at once';
  const cases: readonly [string, number, readonly string[], string][] = [
    ['is what runs and how', 50, [], how],
    ['says once that there are many nodes', 10, [counted], `${how} · ${counted}`],
    ['counts with the limit of the setting', 5, [counted], `${how} · This runs on 12 nodes, more than 5.`],
    ['is silent about the count below that limit', 50, [counted], how],
    ['keeps every other reason', 50, [counted, 'db01 is protected.'], `${how} · db01 is protected.`],
  ];
  for (const [name, warnAbove, warnings, expected] of cases) {
    it(name, () => assert.equal(previewPrompt(twelve, { ...none, warnAbove, warnings }), expected));
  }

  it('has a long command to a length that is read, and counts its further lines', () => {
    const long = 'true && '.repeat(50);
    const action = { type: 'command' as const, command: `${long}\ntrue` };
    const said = previewPrompt({ ...twelve, action }, none);
    assert.match(said, /^(true && ){14}true &&…\s\+1 line · parallel, 10 at once$/);
  });

  it('names the steps of a playbook, a few of many', () => {
    const title = (count: number, name?: string): string => {
      const action = {
        type: 'playbook' as const,
        file: '/x',
        params: {},
        withheld: [],
        loaded: deploy(count, name),
      };
      return previewPrompt({ ...twelve, action }, none);
    };
    assert.equal(title(2), 'Deploy · 2 steps · step1, step2 · parallel, 10 at once');
    assert.equal(title(1, 'step1'), 'step1 · 1 step · parallel, 10 at once');
    assert.match(title(10), /^Deploy · 10 steps · step1, .*, step8 and 2 more · parallel, 10 at once$/);
  });
});

function deploy(count: number, name = 'Deploy'): LoadedPlaybook {
  const steps = Array.from({ length: count }, (_, at) => ({
    path: `s${at}`,
    title: `step${at + 1}`,
    does: { type: 'run' as const, command: 'true', shell: 'sh' as const },
  }));
  const nothing = { params: {}, secrets: {}, services: {}, usual: {}, vars: {} };
  return { name, ...nothing, sensitive: [], files: [], handlers: [], finally: [], steps };
}
