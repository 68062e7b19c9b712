import assert from 'node:assert/strict';
import { withPlaybooks } from './play.ts';

/** Where a variable is said, from the weakest to the strongest, and what has to be written for it. */
const places = [
  'config',
  'task',
  'group',
  'inner group',
  'node',
  'playbook',
  'param',
  'kept',
  '--var',
] as const;
type Place = (typeof places)[number];

describe('a variable that is said in several places', function () {
  for (const [at, strongest] of places.entries()) {
    it(`has the value of ${strongest}, where nothing stronger says it`, () =>
      withPlaybooks(async ({ write, play }) => {
        const said = (place: Place): boolean => places.indexOf(place) <= at;
        const one = (place: Place): string => (said(place) ? `{ v: ${JSON.stringify(place)} }` : '{}');
        await write('.muster/config.yaml', `vars: ${one('config')}\n`);
        await write(
          'inventory.yaml',
          `nodes: { a: { transport: local, cwd: a, vars: ${one('node')} } }
groups:
  outer: { groups: [inner], vars: ${one('group')} }
  inner: { nodes: a, vars: ${one('inner group')} }
`,
        );
        await write('t.task.yaml', `vars: ${one('task')}\nsteps: [{ run: "echo {{ vars.v }}" }]\n`);
        const text = `vars: ${one('playbook')}
params: ${said('param') ? '{ v: { default: param } }' : '{}'}
steps:
- { set: ${said('kept') ? '{ v: kept }' : '{ other: 1 }'} }
- { run: "echo {{ vars.v }}", when: "'${strongest}' != 'task'" }
- { task: t.task.yaml, when: "'${strongest}' == 'task'" }
`;
        const vars = said('--var') ? { vars: { v: '--var' } } : {};
        const { said: out } = await play(text, { selection: 'a', ...vars });
        assert.equal(out['a'], `${strongest}\n`);
      }));
  }

  it('is not hidden by a parameter that nobody gave', () =>
    withPlaybooks(async ({ play }) => {
      const { said } = await play('params: { n: {} }\nsteps: [{ run: "echo {{ vars.n }}" }]\n', {
        selection: 'b',
      });
      assert.equal(said['b'], '2\n');
    }));

  it('is data in a configuration: braces in it stay', () =>
    withPlaybooks(async ({ play, write }) => {
      await write('.muster/config.yaml', "vars: { v: '{{ node.name }}' }\n");
      const { said } = await play('steps: [{ run: "echo {{ vars.v }}" }]\n', { selection: 'a' });
      assert.equal(said['a'], '{{ node.name }}\n');
    }));
});

describe('what templates know of a node', function () {
  it('has its groups, the outer ones too, and its facts as a tree', () =>
    withPlaybooks(async ({ play, write }) => {
      await write(
        'inventory.yaml',
        `nodes: { a: { transport: local, cwd: a, tags: [t], facts: { os.id: debian, os.version: 12, cpu: { count: 4 } } } }
groups: { outer: { groups: [inner] }, inner: { nodes: a } }
`,
      );
      const text = `steps:
- { run: "echo {{ node.groups | join('+') }} {{ node.tags | first }} {{ node.facts.os.id }} {{ node.facts.os.version + 1 }} {{ node.facts.cpu.count }}" }
- { run: echo yes, when: "'inner' in node.groups" }
`;
      const { said } = await play(text, { selection: 'a' });
      assert.equal(said['a'], 'outer+inner t debian 13 4\nyes\n');
    }));
});
