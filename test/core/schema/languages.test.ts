import assert from 'node:assert/strict';
import { languageOfModeline, languageOfText, likelyLanguage } from '../../../core/schema/languages.ts';

describe('what a YAML file says that it is', () => {
  it('stands in its first line', () => {
    const table: readonly (readonly [string, string | undefined])[] = [
      ['# muster: playbook\nx: 1\n', 'muster-playbook'],
      ['\uFEFF# -*- muster:task -*-\n', 'muster-task'],
      ['# muster: inventory of the site\n', 'muster-inventory'],
      ['# muster: inventories\n', undefined],
      ['# muster-ignore vars/unused\n', undefined],
      ['\n# muster: playbook\n', undefined],
      ['name: "# muster: playbook"\n', undefined],
    ];
    for (const [text, language] of table) assert.equal(languageOfModeline(text), language, text);
  });

  it('counts before its keys', () => {
    assert.equal(languageOfText('# muster: config\nsteps: []\n'), 'muster-config');
    assert.equal(languageOfText('targets: all\nsteps: []\n'), 'muster-playbook');
    assert.equal(languageOfText('steps: []\noutputs: {}\n'), 'muster-task');
    assert.equal(languageOfText('a: 1\n'), undefined);
  });

  it('is only guessed where keys stand together that no other kind of file has', () => {
    const table: readonly (readonly [string, string | undefined])[] = [
      ['targets: all\nsteps:\n  - run: x\n', 'muster-playbook'],
      ['version: 1\nnodes:\n  a:\ngroups: {}\n', 'muster-inventory'],
      ['rules: []\nconfirmAbove: 5\n', 'muster-policy'],
      ['implementations: []\nsteps: []\n', 'muster-task'],
      ['trigger: [main]\nsteps:\n  - script: make\nstrategy: {}\n', undefined],
      ['steps:\n  - run: make\n', undefined],
      ['apiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n  - role: worker\ntags: []\n', undefined],
      ['targets:\n  - a\ngroups: []\n', undefined],
      [`${'# a comment\n'.repeat(60)}targets: all\nsteps: []\n`, undefined],
    ];
    for (const [text, language] of table) assert.equal(likelyLanguage(text), language, text);
  });
});
