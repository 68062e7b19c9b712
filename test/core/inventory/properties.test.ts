import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expandNames } from '../../../core/selection/nodeset.ts';
import { hasErrors } from '../../../core/util/problem.ts';
import { read } from './context.ts';

const whole = `version: 1
defaults: { user: deploy, connectTimeout: 30s, jump: bastion }
nodes:
  web[01-20].example.com: { tags: [web, prod], vars: { port: &p 8080, other: *p } }
  "db01": { host: 10.0.0.5, user: postgres }
  build:
    transport: local
    cwd: ../build
groups:
  frontend: { nodes: "web[01-10].example.com", vars: { role: front } }
  site:
    groups: [frontend]
    nodes:
      - db01
`;

const scrap = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ':',
    ': ',
    '- ',
    '? ',
    '&a',
    '*a',
    '!x',
    '"',
    "'",
    '|',
    '>',
    '\n',
    '\t',
    '#',
    ',',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '<<',
    '~',
    '---',
    '...',
    '%YAML 1.2',
    '\u0000',
    '\u202e',
    '\ud800',
    '\r\n',
  ),
  fc.constantFrom(
    'nodes',
    'groups',
    'defaults',
    'vars',
    'tags',
    'web[1-9]',
    'jump',
    'host',
    '!!binary',
    '!!set',
    '!!float',
  ),
  fc.string({ maxLength: 6 }),
);

describe('parseInventory, whatever is written', () => {
  it('never throws, and puts every problem inside the text', () => {
    const damaged = fc
      .array(fc.record({ at: fc.nat(whole.length), cut: fc.nat(12), scrap }), { maxLength: 6 })
      .map((edits) =>
        edits.reduce((text, { at, cut, scrap }) => text.slice(0, at) + scrap + text.slice(at + cut), whole),
      );
    const noise = fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join(''));
    fc.assert(
      fc.property(fc.oneof(damaged, noise), (text) => {
        const inventory = read(text);
        for (const { range } of inventory.problems) {
          assert.ok(range && range.start >= 0 && range.end >= range.start && range.end <= text.length);
          const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
          assert.equal(range.column, range.start - (range.start === 0 ? 0 : lineStart) + 1);
        }
        assert.deepEqual(JSON.parse(JSON.stringify(inventory.nodes)), inventory.nodes);
      }),
      { numRuns: 1500 },
    );
  });

  it('reads a range as it reads the names it stands for', () => {
    const span = fc.tuple(fc.nat(99), fc.nat(30)).map(([first, more]) => [first, first + more] as const);
    fc.assert(
      fc.property(
        span,
        fc.boolean(),
        fc.constantFrom('', '.example.com', '-r[1-3]'),
        ([first, last], pad, tail) => {
          const digits = (value: number) => String(value).padStart(pad ? 3 : 0, '0');
          const pattern = `web[${digits(first)}-${digits(last)}]${tail}`;
          const settings = '{ tags: [a, b], port: 2222, vars: { x: 1 } }';
          const folded = read(`nodes:\n  ${pattern}: ${settings}\ngroups:\n  g: { nodes: "${pattern}" }\n`);
          const { names } = expandNames(pattern, 1000);
          const spelled = names.map((name) => `  ${name}: ${settings}\n`).join('');
          const single = read(`nodes:\n${spelled}groups:\n  g: { nodes: [${names.join(', ')}] }\n`);
          assert.equal(hasErrors(folded.problems) || hasErrors(single.problems), false);
          const bare = (inventory: typeof folded) => ({
            nodes: inventory.nodes.map(({ origin: _origin, ...node }) => node),
            groups: inventory.groups.map(({ origin: _origin, ...group }) => group),
          });
          assert.deepEqual(bare(folded), bare(single));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps any sensible name through quoted and plain keys', () => {
    const name = fc
      .stringMatching(/^[a-z0-9][a-z0-9_.-]{0,12}$/)
      .filter((text) => !/^(?:all|none)$/.test(text));
    fc.assert(
      fc.property(name, (text) => {
        assert.deepEqual(read(`nodes:\n  "${text}":\n`).nodes[0]?.name, text);
        assert.deepEqual(read(`nodes:\n  ${text}:\n`).nodes[0]?.name, text);
      }),
    );
  });
});
