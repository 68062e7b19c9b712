import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { emptyForm } from '../../core/run/form/emptyForm.ts';
import type { FileWants } from '../../core/protocol/newRunFiles.ts';
import { presetText, storableForm } from '../../extension/model/presetText.ts';
import { createPresets } from '../../extension/services/presets.ts';

/** State as VS Code keeps it: JSON. */
function memory(kept: Record<string, unknown> = {}): Memento {
  const texts = new Map(Object.entries(kept).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    keys: () => [...texts.keys()],
    get: (key: string, otherwise?: unknown) => {
      const text = texts.get(key);
      return text === undefined ? otherwise : JSON.parse(text);
    },
    update: async (key: string, value: unknown) => void texts.set(key, JSON.stringify(value)),
  };
}

const restart = { ...emptyForm, command: 'systemctl restart nginx' };

describe('presets', () => {
  it('are kept by name with the workspace or with the person, are renamed and removed', async () => {
    const both = { workspace: memory(), user: memory() };
    const presets = createPresets(both);
    await presets.keep({ name: 'restart', form: restart, place: 'user' });
    await presets.keep({ name: 'restart', form: { ...restart, timeout: '5s' }, place: 'workspace' });
    await presets.keep({ name: 'restart', form: { ...restart, timeout: '9s' }, place: 'workspace' });
    assert.deepEqual(
      createPresets(both)
        .all()
        .map(({ name, form, place }) => [place, name, form.timeout]),
      [
        ['workspace', 'restart', '9s'],
        ['user', 'restart', ''],
      ],
    );
    const [own, users] = presets.all();
    assert.ok(own && users);
    await presets.rename(own, 'restart slowly');
    await presets.remove(users);
    assert.deepEqual(
      presets.all().map(({ name }) => name),
      ['restart slowly'],
    );
  });

  it('of another version fill in what they have', () => {
    const kept = { 'muster.presets': [{ name: 'old', form: { command: 'uptime', gone: 1 } }] };
    const [preset] = createPresets({ workspace: memory(kept), user: memory() }).all();
    assert.deepEqual(preset?.form, { ...emptyForm, command: 'uptime' });
  });

  it('never keep what is secret, nor parameters of a file that can not be read', () => {
    const form = { ...emptyForm, params: { version: '1.2.3', token: 'secret', gone: 1 } };
    const wants: FileWants = {
      file: '/w/a.playbook.yaml',
      name: 'a',
      params: [{ name: 'version' }, { name: 'token', sensitive: true }],
      secrets: [],
    };
    assert.deepEqual(storableForm(form, wants).params, { version: '1.2.3' });
    assert.deepEqual(storableForm(form, undefined).params, {});
  });

  it('say what they run', () => {
    const texts = [
      { ...emptyForm, command: 'uptime\nid' },
      { ...emptyForm, kind: 'script' as const, script: '/w/a.sh', args: '-v' },
      { ...emptyForm, kind: 'playbook' as const, file: '/w/a.playbook.yaml' },
      { ...emptyForm, kind: 'copy' as const, copyFrom: '/w/a\n/w/b', copyTo: '/etc/' },
      { ...emptyForm, kind: 'fetch' as const, fetchFrom: '/var/log/a\n/b' },
    ].map(presetText);
    assert.deepEqual(texts, [
      'uptime',
      'a.sh -v',
      'a.playbook.yaml',
      'copy a b to /etc/',
      'fetch /var/log/a /b',
    ]);
  });
});
