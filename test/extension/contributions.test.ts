import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { batchLook } from '../../core/run/format.ts';
import {
  commandIds,
  historyViewId,
  journalViewId,
  languageIds,
  inventoryViewId,
  newRunPanelType,
  playbooksViewId,
  runPanelType,
} from '../../extension/commandIds.ts';
import { readerFor } from '../../server/service/document.ts';
import { lookOfBatch } from '../../extension/model/looks.ts';

const root = new URL('../../', import.meta.url);
const manifestText = readFileSync(new URL('package.json', root), 'utf8');
const manifest = JSON.parse(manifestText);
const texts: Record<string, string> = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8'));

describe('what package.json contributes', () => {
  it('has a text for every key, and no text that nobody shows', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].toSorted(), Object.keys(texts).toSorted());
  });

  it('puts only its own commands into menus', () => {
    const inMenus = Object.values<{ command: string }[]>(manifest.contributes.menus)
      .flat()
      .map(({ command }) => command);
    assert.deepEqual(
      inMenus.filter((id) => !commandIds.some((known) => known === id)),
      [],
    );
  });

  it('has the views, the language and the panel that the code speaks of', () => {
    const views = manifest.contributes.views.muster.map(({ id }: { id: string }) => id);
    assert.deepEqual(views, [inventoryViewId, historyViewId, playbooksViewId, journalViewId]);
    const languages = manifest.contributes.languages.map(({ id }: { id: string }) => id);
    assert.deepEqual(languages, languageIds);
    assert.deepEqual(
      languageIds.filter((id) => !readerFor(id)),
      [],
    );
    const panels = [runPanelType, newRunPanelType].map((type) => `onWebviewPanel:${type}`);
    assert.deepEqual(manifest.activationEvents, panels);
  });

  it('has editors of every language offer words inside of texts and indent by two columns, as YAML has it', () => {
    const ofLanguages = languageIds.map((id) => manifest.contributes.configurationDefaults[`[${id}]`]);
    assert.deepEqual(
      ofLanguages.map((each) => [each?.['editor.quickSuggestions'], each?.['editor.tabSize']]),
      languageIds.map(() => [{ strings: 'on' }, 2]),
    );
  });

  it('has editors offer what fits, and not any word of the file', () => {
    for (const id of languageIds) {
      const defaults = manifest.contributes.configurationDefaults[`[${id}]`];
      assert.equal(defaults?.['editor.wordBasedSuggestions'], 'off');
    }
  });

  it('names only files that are there, an icon for each end of a batch among them', () => {
    const { contributes, icon } = manifest;
    const named = [
      icon,
      contributes.viewsContainers.activitybar[0].icon,
      ...contributes.languages.map(({ configuration }: { configuration: string }) => configuration),
      ...contributes.grammars.map(({ path }: { path: string }) => path),
      ...Object.keys(batchLook).flatMap((status) =>
        ['light', 'dark'].map((theme) => `media/batch-${status}-${theme}.svg`),
      ),
    ];
    assert.deepEqual(
      named.filter((file) => !existsSync(fileURLToPath(new URL(file, root)))),
      [],
    );
  });

  it('keeps paths out of reach of a folder that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual(restrictedConfigurations, [
      'muster.inventory.paths',
      'muster.inventory.sources',
      'muster.knownHosts',
      'muster.shellcheck.path',
      'muster.dataFolder',
    ]);
  });
});

describe('the look of a batch', () => {
  it('is that of an interrupted one when its status is not known', () => {
    assert.equal(lookOfBatch('toString'), batchLook.interrupted);
    assert.equal(lookOfBatch('failed'), batchLook.failed);
  });
});
