import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { messageOf } from '../../../core/util/errors.ts';

describe('the message of what was thrown', () => {
  it('is only the reason where the system refused a file', () => {
    assert.throws(
      () => readFileSync('/no such folder/.secret-name.part'),
      (error) => messageOf(error) === 'no such file or directory',
    );
  });

  it('is whole where it is of something else', async () => {
    const refused = await new Promise((resolve) =>
      connect({ host: '127.0.0.1', port: 1 }).once('error', resolve),
    );
    assert.equal(messageOf(refused), 'connect ECONNREFUSED 127.0.0.1:1');
    assert.equal(messageOf(new Error('EOF: it ended, early')), 'EOF: it ended, early');
    assert.equal(messageOf('text'), 'text');
  });
});
