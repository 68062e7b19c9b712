import assert from 'node:assert/strict';
import { nearest } from '../../../core/util/nearest.ts';

describe('The nearest name', () => {
  const cases: readonly (readonly [string, string[], string | undefined])[] = [
    ['fronted', ['backend', 'frontend'], 'frontend'],
    ['hsot', ['port', 'host', 'user'], 'host'],
    ['PROD', ['prod'], 'prod'],
    ['web1', ['web2', 'web3'], 'web2'],
    ['a', ['b'], undefined],
    ['', ['b'], undefined],
    ['zebra', ['host', 'port'], undefined],
    ['transprot', ['transport'], 'transport'],
    ['exact', ['exbct', 'exact'], 'exact'],
    ['x', [], undefined],
  ];
  for (const [word, candidates, expected] of cases) {
    it(`to “${word}” of ${candidates.join(', ') || 'none'} is ${expected ?? 'none'}`, () => {
      assert.equal(nearest(word, candidates), expected);
    });
  }
});
