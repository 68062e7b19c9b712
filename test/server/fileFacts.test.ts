import assert from 'node:assert/strict';
import { createFileReader } from '../../server/index/fileReader.ts';
import { factsOf } from '../../server/service/facts.ts';
import type { Facts } from '../../server/service/facts/occurrence.ts';
import { packFacts, unpackFacts } from '../../server/service/facts/packed.ts';
import { fileFacts, type FileText } from '../../server/service/fileFacts.ts';
import { documentOf } from './cursor.ts';

const playbook = `targets: "web[01-03], tag:prod !@old"
vars: { port: 80 }
secrets: { token: { env: T } }
steps:
  - id: one
    run: echo {{ vars.port }} {{ steps.one.stdout }}
    register: out
  - block: [{ task: ./a.task.yaml, with: { x: 1 } }]
    needs: [one]
`;
const inventory = 'nodes:\n  web[01-20]: { tags: [web], vars: { port: 80 } }\ngroups:\n  g: "web*, db1"\n';

/** Each name with all that is known of it. */
function rows({ occurrences }: Facts): readonly unknown[] {
  return occurrences.map(({ uri, name, kinds, role, within, range, path, scope, pattern }) => {
    return { uri, name, kinds, role, within, range, path, scope, pattern };
  });
}

describe('packed facts', () => {
  for (const [language, text] of [
    ['muster-playbook', playbook],
    ['muster-inventory', inventory],
    ['muster-task', 'steps: []\n'],
  ] as const)
    it(`say of a file of ${language} what the facts say`, () => {
      const facts = factsOf(documentOf(text, language, `file:///w/a.yaml`));
      const packed = structuredClone(packFacts(facts));
      assert.deepEqual(rows(unpackFacts(packed)), rows(facts));
    });

  it('are those of the whole document, where it is right and where it is not', () => {
    for (const text of [
      playbook,
      'steps:\n  - id: a\n    rnu: x\n',
      'vars: { a: 1 }\nsteps:\n  - id: "b\n',
      '',
    ]) {
      const uri = 'file:///w/a.playbook.yaml';
      const read = fileFacts({ uri, languageId: 'muster-playbook', text });
      assert.ok(read);
      const facts = factsOf(documentOf(text, 'muster-playbook', uri));
      assert.deepEqual(rows(unpackFacts(read.facts)), rows(facts));
    }
  });
});

describe('a reader of large files', () => {
  const file: FileText = {
    uri: 'file:///w/a.inventory.yaml',
    languageId: 'muster-inventory',
    text: inventory,
  };

  it('gives what reading it here gives, also for several at once', async () => {
    const reader = createFileReader();
    const other = { uri: 'file:///w/a.playbook.yaml', languageId: 'muster-playbook', text: playbook };
    const read = await Promise.all([file, other].map((each) => reader.read(each)));
    assert.deepEqual(read, structuredClone([fileFacts(file), fileFacts(other)]));
    assert.deepEqual(await reader.read(file), structuredClone(fileFacts(file)));
  });

  it('knows nothing of a file of another language', async () => {
    assert.equal(await createFileReader().read({ ...file, languageId: 'yaml' }), undefined);
  });
});
