import assert from 'node:assert/strict';
import { parseAnsible } from '../../../../core/inventory/ansible/parseAnsible.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { inputFor, statedFiles } from '../diskFiles.ts';
import { sourceOf } from './sources.ts';

describe('a source that would switch off the check of host keys (R-H10)', () => {
  it('does not, and a warning says so for all its nodes at once', () => {
    const text = `[web]
web[1:3] ansible_ssh_common_args='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'
db ansible_ssh_common_args='-o StrictHostKeyChecking=yes'
`;
    const part = parseAnsible(inputFor('/ws/hosts', statedFiles({ '/ws/hosts': text })));
    const { nodes, problems } = mergeSources([sourceOf('/ws/hosts', part)]).inventory;
    assert.deepEqual(
      problems
        .filter(({ severity }) => severity === 'warning')
        .map(({ severity, message }) => `${severity}: ${message}`),
      ['warning: StrictHostKeyChecking=no of web[1-3] has no effect: Muster always verifies host keys.'],
    );
    assert.deepEqual(
      nodes.map(({ connection }) => connection.knownHosts),
      nodes.map(() => undefined),
    );
  });
});
