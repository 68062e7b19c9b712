/** Every command of the extension. package.json contributes exactly these: a test compares them. */
export const commandIds = [
  'muster.run',
  'muster.runScript',
  'muster.runPlaybook',
  'muster.dryRunPlaybook',
  'muster.previewPlaybook',
  'muster.createPlaybook',
  'muster.refreshPlaybooks',
  'muster.copyFiles',
  'muster.fetchFiles',
  'muster.newRun',
  'muster.runOnItem',
  'muster.selectAll',
  'muster.selectHighlighted',
  'muster.clearSelection',
  'muster.invertSelection',
  'muster.selectByExpression',
  'muster.saveSelection',
  'muster.applySelection',
  'muster.whySelected',
  'muster.viewByGroup',
  'muster.viewByTag',
  'muster.viewBySource',
  'muster.viewFlat',
  'muster.viewByGroup.on',
  'muster.viewByTag.on',
  'muster.viewBySource.on',
  'muster.viewFlat.on',
  'muster.filterInventory',
  'muster.changeFilter',
  'muster.clearFilter',
  'muster.allowSources',
  'muster.openNodePage',
  'muster.checkReachability',
  'muster.openTerminal',
  'muster.openInRemoteSsh',
  'muster.addNote',
  'muster.addNoteToShown',
  'muster.showJournal',
  'muster.moreJournal',
  'muster.addTag',
  'muster.removeTag',
  'muster.addToGroup',
  'muster.removeFromGroup',
  'muster.refreshInventory',
  'muster.createInventory',
  'muster.openDemo',
  'muster.useInventory',
  'muster.goToInventoryProblem',
  'muster.goToDefinition',
  'muster.useLanguage',
  'muster.copyNodeNames',
  'muster.openBatch',
  'muster.cancelBatch',
  'muster.stopAgain',
  'muster.reviewHostKeys',
  'muster.openOutput',
  'muster.exportBatch',
  'muster.freeze',
  'muster.unfreeze',
  'muster.openPolicy',
  'muster.rerun',
  'muster.rerunFailed',
  'muster.runNotStarted',
  'muster.rerunOnNodes',
  'muster.openOrigin',
  'muster.batch.selectNodes',
  'muster.batch.copyNodes',
  'muster.deleteBatches',
  'muster.filterHistory',
  'muster.filterHistory.change',
  'muster.filterHistory.clear',
  'muster.showMoreHistory',
  'muster.refreshHistory',
  'muster.showLog',
  'muster.showLogOfBatch',
  'muster.showMetrics',
  'muster.forgetSecrets',
  'muster.moveSecret',
] as const;
export type CommandId = (typeof commandIds)[number];

/**
 * Commands that mean nothing without the row they were called on, and those of menu entries with a check mark (VS Code
 * has none for extensions: microsoft/vscode#34048): hidden from the palette.
 */
export const contextOnlyCommandIds: readonly CommandId[] = [
  'muster.runOnItem',
  'muster.goToDefinition',
  'muster.copyNodeNames',
  'muster.moreJournal',
  'muster.useLanguage',
  'muster.addNoteToShown',
  'muster.whySelected',
  'muster.openInRemoteSsh',
  'muster.viewByGroup.on',
  'muster.viewByTag.on',
  'muster.viewBySource.on',
  'muster.viewFlat.on',
  'muster.rerunOnNodes',
  'muster.openOrigin',
  'muster.showMoreHistory',
];

/** View type of the run panel, and the id that `activeWebviewPanelId` has while one is in front. */
export const runPanelType = 'muster.run';
/** View type of the page of New Run. */
export const newRunPanelType = 'muster.newRun';
export const inventoryViewId = 'muster.inventory';
export const journalViewId = 'muster.journal';
export const playbooksViewId = 'muster.playbooks';
export const historyViewId = 'muster.history';
/** Scheme of the read-only documents that hold a node's output. */
export const outputScheme = 'muster-output';
/** Scheme of the read-only documents with everything that is known about a node. */
export const nodeScheme = 'muster-node';
/** Scheme of the read-only documents with the log of a batch, or what was counted. */
export const logScheme = 'muster-log';
/** Scheme of the read-only documents with what a plan would do. */
export const planScheme = 'muster-plan';
export const inventoryLanguageId = 'muster-inventory';
/** Language ids of the documents that the language server looks after. */
export const languageIds: readonly string[] = [
  inventoryLanguageId,
  'muster-playbook',
  'muster-task',
  'muster-config',
  'muster-policy',
];
