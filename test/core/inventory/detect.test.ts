import assert from 'node:assert/strict';
import { detectSource } from '../../../core/inventory/detect.ts';

const kinds: Record<string, [name: string, text: string, kind: string]> = {
  'an inventory of our own': ['inventory.yaml', 'version: 1\nnodes: { a: {} }\n', 'muster'],
  'the same as JSON in one line': ['inventory.yaml', '{"version":1,"nodes":{"a":{}}}', 'muster'],
  'the same as JSON in many lines': ['inventory.yaml', '{\n "version": 1,\n "nodes": {}\n}\n', 'muster'],
  'what ansible-inventory --list prints': ['hosts.json', '{"_meta":{"hostvars":{}},"nodes":{}}', 'ansible'],
  'an Ansible inventory in YAML': ['hosts.yml', 'all:\n  hosts:\n    a:\n', 'ansible'],
  'a Bolt inventory': ['inventory.yaml', 'version: 2\ntargets: [a]\n', 'bolt'],
};

describe('the kind of a source', () => {
  for (const [what, [name, text, kind]] of Object.entries(kinds)) {
    it(`is seen in ${what}`, () => {
      const files = { read: () => ({ text }), list: () => undefined };
      assert.equal(detectSource(`/folder/${name}`, files), kind);
    });
  }
});
