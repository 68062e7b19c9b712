import { css } from 'lit';

export const matrixStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    border-top: 1px solid var(--hair);
  }
  .grid {
    min-width: 100%;
  }
  .all {
    position: relative;
  }
  .shown {
    position: absolute;
    inset: 0 0 auto;
  }
  .head,
  .row {
    display: flex;
    width: 100%;
    white-space: nowrap;
  }
  .head {
    position: sticky;
    z-index: 3;
    top: 0;
    border-bottom: 1px solid var(--hair);
    background: var(--vscode-editor-background);
    font-size: var(--small);
  }
  .row {
    height: var(--row);
  }
  .name {
    position: sticky;
    z-index: 1;
    left: 0;
    display: flex;
    align-items: center;
    flex: none;
    gap: 4px;
    width: var(--name);
    padding: 0 8px 0 12px;
    border-right: 1px solid var(--hair);
    background: var(--vscode-editor-background);
  }
  .head .name {
    align-items: flex-end;
    padding-bottom: 6px;
    overflow: hidden;
    font-size: var(--tiny);
    white-space: normal;
  }
  .row .name {
    cursor: pointer;
  }
  .name.inner {
    padding-left: 28px;
    font-size: var(--small);
  }
  .twistie {
    flex: none;
    width: 16px;
    font: normal 16px/1 codicon;
    color: var(--vscode-icon-foreground);
  }
  .twistie.closed {
    rotate: -90deg;
  }
  .space {
    flex: none;
  }
  .step {
    display: flex;
    flex: none;
    flex-direction: column;
    width: var(--step);
    padding: 6px 8px 6px 10px;
    border-right: 1px solid var(--hair);
    line-height: 16px;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    /* One line always, so that the rows below stay where they are. */
    height: 16px;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
  }
  .counts .count {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .counts .icon {
    width: 14px;
    height: 14px;
    font-size: 14px;
  }
  .cell {
    display: flex;
    align-items: center;
    flex: none;
    gap: 6px;
    width: var(--step);
    padding: 0 8px 0 10px;
    border-right: 1px solid var(--hair);
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    min-width: 0;
    height: 18px;
    overflow: hidden;
    line-height: 18px;
    white-space: pre;
  }
  .facts .cut {
    max-width: 100%;
    white-space: pre;
  }
  .cell.is-failed {
    background: color-mix(in srgb, var(--bad) var(--tint), transparent);
  }
  .cell.is-running {
    background: color-mix(in srgb, var(--active) var(--tint), transparent);
  }
  .row:hover :is(.name, .cell) {
    background: var(--vscode-list-hoverBackground);
  }
  .row:hover {
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row.shown-below :is(.name, .cell) {
    background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-list-hoverBackground));
  }
  .row.shown-below {
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .wave-head .twistie {
    margin-right: -6px;
  }
  .wave:hover {
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  :is(.name, .cell, .wave-head):focus {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
  .wave {
    display: flex;
    height: 26px;
    border-block: 1px solid var(--hair);
    background: var(--vscode-sideBar-background);
    font-size: var(--small);
  }
  .wave-head {
    position: sticky;
    left: 0;
    display: flex;
    align-items: center;
    gap: 10px;
    width: min(100%, 100cqw);
    padding: 0 12px;
    white-space: nowrap;
    cursor: pointer;
  }
  .thin {
    flex: 0 1 120px;
    --bar: 4px;
  }
  .verdict {
    margin-left: auto;
  }
  @container (width < 560px) {
    .thin {
      display: none;
    }
  }
`;
