import assert from 'node:assert/strict';
import { recordsOf } from '../../../core/run/table/records.ts';

const read = (text: string, format: 'auto' | 'json' | 'csv' | 'columns' = 'auto') =>
  recordsOf(text, { format });

describe('records in output', () => {
  it('are objects of JSON, those within by their path', () => {
    assert.deepEqual(read('[{"a": 1, "b": {"c": "x"}}, {"a": null, "d": [1]}]'), {
      format: 'json',
      records: [
        { a: '1', 'b.c': 'x' },
        { a: '', d: '[1]' },
      ],
    });
    assert.deepEqual(read('{"load": 0.5}\n')?.records, [{ load: '0.5' }]);
    assert.deepEqual(read('{"n": 1}\n{"n": 2}\n')?.records, [{ n: '1' }, { n: '2' }]);
  });

  it('are rows of CSV, TSV and the like, quoted or not', () => {
    assert.deepEqual(read('name,size\nroot,"1,5"\nhome,2\n'), {
      format: 'csv',
      records: [
        { name: 'root', size: '1,5' },
        { name: 'home', size: '2' },
      ],
    });
    assert.deepEqual(read('a\tb\n1\t2\n')?.records, [{ a: '1', b: '2' }]);
    assert.deepEqual(read('a;b\r\n1;2\r\n')?.records, [{ a: '1', b: '2' }]);
  });

  it('are not there in prose, numbers, and half of a table', () => {
    for (const text of ['', '42\n', 'all is well\n', 'one, two\nthree\n', '{"a": 1', '"x"', 'only,names\n'])
      assert.equal(read(text), undefined, text);
  });

  it('are lines under a head, where columns are asked for', () => {
    const df = 'Filesystem  Size Used Mounted on\n/dev/sda1   20G  5G   /\n/dev/sdb1   1T   2G   /my data\n';
    assert.deepEqual(read(df, 'columns')?.records, [
      { Filesystem: '/dev/sda1', Size: '20G', Used: '5G', 'Mounted on': '/' },
      { Filesystem: '/dev/sdb1', Size: '1T', Used: '2G', 'Mounted on': '/my data' },
    ]);
  });

  it('are the named groups of a pattern, a line each', () => {
    const text = 'cpu0 at 41 C\nfan\ncpu1 at 43 C\n';
    const pattern = /(?<core>\w+) at (?<degrees>\d+)/u;
    assert.deepEqual(recordsOf(text, { format: 'pattern', pattern })?.records, [
      { core: 'cpu0', degrees: '41' },
      { core: 'cpu1', degrees: '43' },
    ]);
  });

  it('have values and columns of a size that can be shown', () => {
    const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`c${at}`, 'x'.repeat(400)]));
    const [record] = read(JSON.stringify(wide))?.records ?? [];
    assert.equal(Object.keys(record ?? {}).length, 60);
    assert.equal(record?.['c0']?.length, 300);
  });
});
