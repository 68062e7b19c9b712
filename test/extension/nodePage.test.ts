import assert from 'node:assert/strict';
import type { NodeDetail, Provenance } from '../../core/inventory/detail.ts';
import type { JournalPage } from '../../core/protocol/journal.ts';
import { nodePage, tooltipLines } from '../../extension/model/nodePage.ts';
import { sketch } from './inventories.ts';

const origin = (line: number) => ({
  source: '/ws/hosts.ini',
  range: { start: 0, end: 1, line, column: 1 },
});
const said = (key: string, value: Provenance['value'], line: number): Provenance => ({
  key,
  value,
  origin: origin(line),
  from: 'node',
  instead: [],
});

const [node] = sketch({ nodes: { web01: ['prod'] } }).inventory.nodes;
assert.ok(node);
const detail: NodeDetail = {
  node,
  origins: [origin(2)],
  groups: [['site', 'web']],
  tags: [said('prod', true, 2)],
  connection: [said('host', '10.0.0.1', 2)],
  vars: [
    { ...said('port', 80, 2), instead: [{ value: 8080, origin: origin(9), from: 'group:web' }] },
    said('db_password', 'hunter2', 3),
    { ...said('greeting', '{{ x }}', 4), unresolved: 'A template.' },
  ],
  facts: [said('os.id', 'debian', 2)],
};
const shorten = (path: string): string => path.replace('/ws/', '');

const journal: JournalPage = {
  entries: [
    {
      id: 'n',
      at: Date.UTC(2026, 10, 21, 14, 2),
      node: 'web01',
      kind: 'note',
      type: 'note',
      level: 'warning',
      source: 'person',
      by: 'ada',
      text: 'RAM\nreplaced \u202e',
    },
    {
      id: '01J00000000000000000007F3K/e1',
      at: Date.UTC(2026, 10, 20, 9, 0),
      node: 'web01',
      kind: 'execution',
      type: 'command',
      level: 'error',
      source: 'muster',
      by: 'ada',
      text: 'uptime',
      result: 'exit 3',
      link: { batch: '01J00000000000000000007F3K', execution: 'e1' },
    },
  ],
  page: 1,
  pageSize: 20,
  more: true,
};

describe('the page of a node', () => {
  const reach = { node: 'web01', answer: 'unreachable', message: 'connection refused', at: 0 } as const;
  const page = nodePage({ detail, reach, lastRun: 'failed, 2 min ago', journal, shorten });

  it('has everything that is known, with where it was written and what it won over', () => {
    assert.equal(
      page,
      `web01
=====

Reached:  ssh web01:22
Answer:   unreachable, connection refused (1970-01-01T00:00:00.000Z)
Last run: failed, 2 min ago

Written in
----------
/ws/hosts.ini:2

Groups
------
site > web

Tags
----
prod  (node, hosts.ini:2)

Connection
----------
host = 10.0.0.1  (node, hosts.ini:2)

Facts
-----
os.id = debian  (node, hosts.ini:2)

Vars
----
port = 80  (node, hosts.ini:2)
    instead of 8080  (group:web, hosts.ini:9)
db_password = ********  (node, hosts.ini:3)
greeting = {{ x }}  (node, hosts.ini:4)
    A template.

Journal
-------
2026-11-21 14:02Z  warning  ada  RAM replaced 
2026-11-20 09:00Z  error    ada  uptime: exit 3 (batch 7f3k)
and more: Show Journal…
`,
    );
  });

  it('and its hover have no secret in them, and no character that acts', () => {
    const hostile = { ...detail, vars: [...detail.vars, said('motd', 'a\u001b[31mb\u202ec', 5)] };
    const shown = [
      ...tooltipLines(hostile, shorten),
      nodePage({ detail: hostile, reach, lastRun: '', journal: undefined, shorten }),
    ];
    for (const never of ['hunter2', '\u001b', '\u202e']) assert.equal(shown.join('').includes(never), false);
  });

  it('is not cut, while a hover says how much more there is', () => {
    const many = Array.from({ length: 30 }, (_, at) => said(`v${at}`, at, at + 1));
    const lines = tooltipLines({ ...detail, vars: many }, shorten);
    assert.equal(lines.length, 21);
    assert.equal(lines.at(-1), 'and 11 more');
  });
});
