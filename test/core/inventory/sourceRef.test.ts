import assert from 'node:assert/strict';
import { type SourceRef, sourceRefOf } from '../../../core/inventory/source.ts';

describe('a source as people write it', () => {
  const table: readonly (readonly [string, SourceRef])[] = [
    ['hosts.ini', { path: '/in/hosts.ini' }],
    ['ansible:hosts.ini', { type: 'ansible', path: '/in/hosts.ini' }],
    ['ssh-config:', { type: 'ssh-config', path: '/in/~/.ssh/config' }],
    ['ssh-config:own', { type: 'ssh-config', path: '/in/own' }],
    ['hosts:', { type: 'hosts', path: '/in/' }],
    ['C:inventory.yaml', { path: '/in/C:inventory.yaml' }],
    ['command:./nodes.sh -a b:c', { type: 'command', path: '/in', run: './nodes.sh -a b:c' }],
  ];
  for (const [text, expected] of table) {
    it(`reads ${text}`, () =>
      assert.deepEqual(sourceRefOf(text, { folder: '/in', absolute: (path) => `/in/${path}` }), expected));
  }
});
