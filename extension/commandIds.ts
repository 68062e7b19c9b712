/** Every command of the extension. package.json contributes exactly these: a test compares them. */
export const commandIds = [
  'muster.run',
  'muster.runOnItem',
  'muster.selectAll',
  'muster.clearSelection',
  'muster.invertSelection',
  'muster.selectByExpression',
  'muster.refreshInventory',
  'muster.createInventory',
  'muster.goToInventoryProblem',
  'muster.goToDefinition',
  'muster.copyNodeNames',
  'muster.openBatch',
  'muster.cancelBatch',
  'muster.reviewHostKeys',
  'muster.openOutput',
  'muster.refreshHistory',
  'muster.showLog',
] as const;
export type CommandId = (typeof commandIds)[number];

/** Commands that mean nothing without the row they were called on: hidden from the palette. */
export const contextOnlyCommandIds: readonly CommandId[] = [
  'muster.runOnItem',
  'muster.goToDefinition',
  'muster.copyNodeNames',
];

/** View type of the run panel, and the id that `activeWebviewPanelId` has while one is in front. */
export const runPanelType = 'muster.run';
export const inventoryViewId = 'muster.inventory';
export const historyViewId = 'muster.history';
/** Scheme of the read-only documents that hold a node's output. */
export const outputScheme = 'muster-output';
export const inventoryLanguageId = 'muster-inventory';
