import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFileNames } from '../../../core/export/fileNames.ts';
import { payloads } from './hostile.ts';

describe('the file of a node', () => {
  const cases: Readonly<Record<string, string>> = {
    web01: 'web01.txt',
    'web01.example.com': 'web01.example.com.txt',
    'ada@db-1:2222': 'ada@db-1_2222.txt',
    '../../etc/passwd': '__.._etc_passwd.txt',
    '..': '_.txt',
    '.bashrc': '_bashrc.txt',
    '': '_.txt',
    CON: '_CON.txt',
    'nul.tar': '_nul.tar.txt',
    'C:\\Windows': 'C__Windows.txt',
    'dot.': 'dot_.txt',
    'a\u0000b\nc': 'a_b_c.txt',
    '\u202etxt.exe': '_txt.exe.txt',
  };
  for (const [node, file] of Object.entries(cases)) {
    it(`of ${JSON.stringify(node)} is ${file}`, () => {
      assert.equal(createFileNames('.txt')(node), file);
    });
  }

  it('is another one for each node, also where case does not count', () => {
    const nameOf = createFileNames('.txt');
    assert.deepEqual(['web/1', 'web:1', 'WEB_1', 'web_1~2'].map(nameOf), [
      'web_1.txt',
      'web_1~2.txt',
      'WEB_1~3.txt',
      'web_1_2.txt',
    ]);
  });

  it('is one that every file system takes, and stays in its folder', () => {
    const nodes = fc.array(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...payloads)),
    );
    fc.assert(
      fc.property(nodes, (all) => {
        const names = all.map(createFileNames('.txt'));
        for (const name of names) {
          assert.match(name, /^[^<>:"/\\|?*\p{Cc}\p{Cf}. -][^<>:"/\\|?*\p{Cc}]*\.txt$/u);
          assert.ok(Buffer.byteLength(name) < 255);
        }
        assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
      }),
    );
  });
});
