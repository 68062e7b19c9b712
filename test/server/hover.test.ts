import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../server/service/hover/hover.ts';
import { atCursor } from './cursor.ts';

function textAt(text: string): string | undefined {
  const { inventory, position, workspace } = atCursor(text);
  const contents = hover(inventory, position, workspace)?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}

const fleet = `defaults: { user: deploy }
nodes:
  web[01-20].example.com: { tags: [web] }
  db01: { host: 10.0.0.5, port: 2222, jump: bastion }
`;

const table: readonly (readonly [text: string, hover: string | undefined])[] = [
  ['nodes:\n  a: { po|rt: 22 }\n', '**Port** (`number`)\n\nTCP port. Default: 22.\n\nExample: `2222`'],
  [
    `${fleet}groups:\n  fr|ont: "web[01-10].example.com"\n`,
    '**Group front**: 10 nodes\n\n`web[01-10].example.com`',
  ],
  [
    `${fleet}groups:\n  a: db01\n  b: { groups: a, nodes: "web[01-02].example.com" }\n  c: { groups: [|b] }\n`,
    '**Group b**: 3 nodes\n\n`web[01-02].example.com,db01`',
  ],
  [
    `${fleet}groups:\n  a: d|b01\n`,
    '**Node db01**\n\n`ssh deploy@10.0.0.5:2222 via bastion`\n\nGroups: `a`\n\n' +
      '- host `10.0.0.5`: node [\\./file\\.yaml:4](file:///file.yaml#L4)\n' +
      '- port `2222`: node [\\./file\\.yaml:4](file:///file.yaml#L4)\n' +
      '- jump `bastion`: node [\\./file\\.yaml:4](file:///file.yaml#L4)\n' +
      '- user `deploy`: defaults [\\./file\\.yaml:1](file:///file.yaml#L1)',
  ],
  [
    'defaults: { jump: gate, identityFile: ./id }\nnodes:\n  gate: ops@10.1.1.1:2200\n  web|1: { user: root }\n',
    '**Node web1**\n\n`ssh root@web1:22 via gate`\n\n' +
      '- user `root`: node [\\./file\\.yaml:4](file:///file.yaml#L4)\n' +
      '- jump `gate`: defaults [\\./file\\.yaml:1](file:///file.yaml#L1)\n' +
      '- identityFile `./id`: defaults [\\./file\\.yaml:1](file:///file.yaml#L1)\n\n' +
      'Via `gate`: `ops@10.1.1.1:2200`',
  ],
  ['nodes:\n  he|re: { transport: local, cwd: . }\n', '**Node here**\n\n`local, in .`'],
  [fleet.replace('[web]', '[w|eb]'), '**Tag web**: 20 nodes\n\n`web[01-20].example.com`'],
  [fleet.replace('  web[', '  w|eb['), '**Nodes**: 20 nodes\n\n`web[01-20].example.com`'],
  [fleet.replace('10.0.0.5', '10|.0.0.5'), undefined],
  ['groups:\n  em|pty:\n', '**Group empty**: no nodes'],
  ['|\n', undefined],
];

describe('hover', () => {
  for (const [text, expected] of table) {
    it(`explains what is at the cursor of ${JSON.stringify(text)}`, () => {
      assert.equal(textAt(text), expected);
    });
  }

  it('never lets a name act as Markdown', () => {
    const shown = textAt(
      'nodes:\n  "a_b@[1-2]": {}\n  x: { host: h }\ngroups:\n  g: { tags: "<img" }\n  __|x__: x\n',
    );
    assert.equal(shown, '**Group \\_\\_x\\_\\_**: 1 node\n\n`x`');
  });
});
