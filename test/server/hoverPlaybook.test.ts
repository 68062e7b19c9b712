import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver-types';
import * as z from 'zod';
import { docsOf } from '../../core/schema/docs.ts';
import { describeKey } from '../../server/service/describe/key.ts';
import { hover } from '../../server/service/hover/hover.ts';
import { atCursor, documentOf } from './cursor.ts';

const fleet = documentOf(
  [
    'nodes:',
    '  web[01-30]: { tags: [prod], vars: { http_port: 8080, api_token: abc } }',
    '  web31: { vars: { http_port: 9090 } }',
    'groups:',
    '  front: { nodes: "web[01-02]", vars: { http_port: 80 } }',
    '',
  ].join('\n'),
  'muster-inventory',
  'file:///w/.muster/inventory.yaml',
);
const task = documentOf(
  'name: Restart\ndescription: Restarts a service\nparams: { service: {} }\nsteps:\n  - run: x\n',
  'muster-task',
  'file:///w/tasks/restart.task.yaml',
);

const config = documentOf(
  'vars: { region: north, db: { password: hush, url: "pg://me:hush@x/" } }\n',
  'muster-config',
  'file:///w/.muster/config.yaml',
);

function textAt(text: string): string | undefined {
  const { inventory, position, workspace } = atCursor(text, {
    language: 'muster-playbook',
    others: [fleet, task, config],
    uri: 'file:///w/deploy.playbook.yaml',
  });
  const contents = hover(inventory, position, workspace)?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}

const head = [
  'params: { version: { type: string, required: true, description: To install }, key: { sensitive: true, default: hush } }',
  'secrets: { token: { env: DEPLOY_TOKEN } }',
  'vars: { http_port: 1 }',
  'steps:',
  '  - id: drain',
  '    name: Drain the node',
  '    run: drain',
  '  - id: install',
  '    needs: [drain]',
  '    run: ',
].join('\n');

const table: readonly (readonly [text: string, hover: RegExp | undefined])[] = [
  [
    'targets: tag:prod &| web*\n',
    /^\*\*Selection\*\*: 30 nodes\n\n`web\[01-30\]`\n\n`web01, web02, .*web20` …$/,
  ],
  ['targets: web[01-3|0]\n', /^\*\*Nodes\*\*: 30 nodes/],
  ['targets: tag:p|rod\n', /^\*\*Tag prod\*\*: 30 nodes/],
  ['targets: web|31\n', /^\*\*Node web31\*\*/],
  [`${head}echo {{ params.ver|sion }}\n`, /^\*\*Parameter version\*\* \(`string`, required\)\n\nTo install$/],
  [`${head}echo {{ params.k|ey }}\n`, /not shown/],
  [
    `${head}echo {{ secret.tok|en }}\n`,
    /^\*\*Secret token\*\*: from the variable `DEPLOY_TOKEN` of the environment\. It is never shown\.$/,
  ],
  [`${head}echo {{ vars.api_to|ken }}\n`, /not shown/],
  [
    `${head}x\n    when: steps.dra|in.changed\n`,
    /^\*\*Step drain\*\*\n\nDrain the node\n\n`drain`\n\nNeeded by: `install`$/,
  ],
  [`${head}"{{ params.version | up|per }}"\n`.replace('| up|per', '| up¦per'), /^\*\*upper\*\* \(filter\)/],
  [`${head}x\n    timeout: 9|0m\n`, /^1 hour 30 minutes \(5,400,000 ms\)$/],
  ['steps:\n  - ru|n: x\n', /^\*\*Command\*\* \(`command`\)/],
  [
    'steps:\n  - task: ./tasks/rest|art.task.yaml\n',
    /^\*\*Restart\*\* `\.\/tasks\/restart\.task\.yaml`\n\nRestarts a service$/,
  ],
  // Words, numbers and switches: what their key means.
  [
    'strategy: { mode: rol|ling }\n',
    /^\*\*Mode\*\* \(`parallel \| sequential \| rolling`\)\n\nSeveral nodes/,
  ],
  ['strategy: { waves: [|1, 10%] }\n', /^\*\*Waves\*\*[^]*Example: `\[1, 10%, 50%\]`$/],
  ['steps:\n  - run: x\n    sudo: tr|ue\n', /^\*\*Sudo\*\* \(`true \| false`\)/],
  ['steps:\n  - run: x\n    retries: { count: 1, on: [fai|led] }\n', /^\*\*What is tried again\*\*/],
  [
    'steps:\n  - run: x\n    ret|ries: { count: 1 }\n',
    /Default: never\.\n\nExample: `\{ count: 3, delay: 2s \}`$/,
  ],
  // What expressions look up.
  [`${head}echo {{ no|de.host }}\n`, /^\*\*node\*\*\n\nThe node that the step runs on\.$/],
  [`${head}echo {{ node.ho|st }}\n`, /^\*\*node\\.host\*\*\n\nAddress that is connected to\.$/],
  [`${head}echo {{ steps.drain.exit|Code }}\n`, /^\*\*steps\\.drain\\.exitCode\*\*\n\nNumber/],
  [`${head}x\n    until: resu|lt.ok\n`, /^\*\*result\*\*/],
  [`${head}echo {{ 'no|de' }}\n`, undefined],
  [`${head}echo no|de\n`, undefined],
  [`${head}x\n    register: ou|t\n`, /^\*\*Variable out\*\*\n\n- what came of step `install` \[/],
  [`${head}echo {{ vars.re|gion }}\n`, /^\*\*Variable region\*\*\n\n- configuration: `"north"` \[/],
  // Secrets inside of other values, and by their form.
  [`${head}echo {{ vars.d|b }}\n`, /`\{"password":"\*{8}","url":"pg:\/\/me:\*{8}@x\/"\}`/],
  [
    'params: { db_password: { default: hush } }\nsteps:\n  - run: x {{ params.db_pass|word }}\n',
    /Default: not shown$/,
  ],
  [
    'steps:\n  - { id: a, sensitive: true, run: echo hush }\n  - { needs: |a, run: x }\n',
    /^\*\*Step a\*\*\n\nNeeded by/,
  ],
  [
    'steps:\n  - { id: b, run: "echo `a`\\nif x\\n\\n  y\\n" }\n  - { needs: |b, run: x }\n',
    /^\*\*Step b\*\*\n\n```\necho `a`\nif x\n\n {2}y\n```\n\nNeeded by/,
  ],
  ['steps:\n  - task: ./tasks/n|o.task.yaml\n', undefined],
  ['steps:\n  - run: ec|ho\n', undefined],
];

describe('hover in playbooks', () => {
  for (const [text, expected] of table) {
    it(`explains what is at the cursor of ${JSON.stringify(text.split('\n').find((line) => /[|¦]/.test(line)))}`, () => {
      const shown = textAt(text);
      if (expected) assert.match(shown ?? '', expected);
      else assert.equal(shown, undefined);
    });
  }

  it('explains the codes of rules in a configuration', () => {
    const rule = (text: string): string | undefined => {
      const { inventory, position, workspace } = atCursor(text, { language: 'muster-config' });
      const contents = hover(inventory, position, workspace)?.contents;
      return MarkupContent.is(contents) ? contents.value : undefined;
    };
    assert.match(rule('rules: { vars/un|used: off }\n') ?? '', /^\*\*A variable that nothing uses\*\*/);
    assert.match(rule('rules: { va|rs: off }\n') ?? '', /^\*\*Rules of vars\*\*\n\n- `vars\/undefined`: /);
    assert.equal(rule('rules: { no/su|ch: off }\n'), undefined);
  });

  it('says since when a key is known, and that it is out of date', () => {
    const schema = z
      .string()
      .meta({ title: 'Old', description: 'Write `new`.', deprecated: true, since: '1.2' });
    assert.equal(
      describeKey(docsOf('old', schema)),
      '**Old** (`text`, required)\n\nOut of date: it still works, and there is something better.\n\nWrite `new`.\n\nSince version 1.2.',
    );
  });

  it('lists what a variable is in each scope, the strongest first, with links', () => {
    assert.deepEqual(textAt(`${head}echo {{ vars.http_p|ort }}\n`)?.split('\n'), [
      '**Variable http\\_port**',
      '',
      '- playbook: `1` [\\./deploy\\.playbook\\.yaml:3](file:///w/deploy.playbook.yaml#L3)',
      '- node `web[01-30]`: `8080` [\\./\\.muster/inventory\\.yaml:2](file:///w/.muster/inventory.yaml#L2)',
      '- node `web31`: `9090` [\\./\\.muster/inventory\\.yaml:3](file:///w/.muster/inventory.yaml#L3)',
      '- group `front`: `80` [\\./\\.muster/inventory\\.yaml:5](file:///w/.muster/inventory.yaml#L5)',
      '',
      'What stands above wins.',
    ]);
  });
});
