import assert from 'node:assert/strict';
import { createStoredSecrets, type Storage } from '../../extension/model/storedSecrets.ts';

const [one, other] = [
  { file: '/a/x.playbook.yaml', name: 'token' },
  { file: '/b/x.playbook.yaml', name: 'token' },
];

function memoryStorage(): Storage & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get: async (key) => texts.get(key),
    store: async (key, value) => void texts.set(key, value),
  };
}

describe('secrets that people gave once', () => {
  it('are kept for the file that names them, and for no other', async () => {
    const storage = memoryStorage();
    assert.equal(await createStoredSecrets(storage).keep(one, 'abcd'), true);
    const later = createStoredSecrets(storage);
    assert.deepEqual([await later.get(one), await later.get(other)], ['abcd', undefined]);
    await later.keep(one, 'efgh');
    assert.deepEqual([await later.get(one), await later.list()], ['efgh', [one]]);
  });

  it('are gone once they are forgotten', async () => {
    const storage = memoryStorage();
    const secrets = createStoredSecrets(storage);
    await secrets.keep(one, 'abcd');
    await secrets.keep(other, 'efgh');
    await secrets.forget([one]);
    assert.deepEqual(await createStoredSecrets(storage).list(), [other]);
    assert.ok(![...storage.texts.values()].some((text) => text.includes('abcd')));
  });

  it('are not written over where the storage could not be read', async () => {
    const storage = memoryStorage();
    await createStoredSecrets(storage).keep(one, 'abcd');
    let fails = true;
    const moody: Storage = {
      ...storage,
      get: (key) => (fails ? Promise.reject(new Error('locked')) : storage.get(key)),
    };
    const secrets = createStoredSecrets(moody);
    assert.equal(await secrets.keep(other, 'efgh'), false);
    await assert.rejects(async () => secrets.forget([other]), /locked/);
    fails = false;
    assert.deepEqual(await secrets.get(one), 'abcd');
  });

  it('are kept for this window alone where the machine has no storage', async () => {
    const broken: Storage = {
      get: () => Promise.reject(new Error('no keyring')),
      store: () => Promise.reject(new Error('no keyring')),
    };
    const secrets = createStoredSecrets(broken);
    assert.equal(await secrets.keep(one, 'abcd'), false);
    assert.equal(await secrets.get(one), 'abcd');
    assert.equal(await createStoredSecrets(broken).get(one), undefined);
  });
});
