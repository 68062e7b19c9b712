import { css } from 'lit';

export const nodeGridStyles = css`
  :host {
    display: block;
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
    display: grid;
    grid-template-columns: 16px 150px 104px minmax(0, 1fr) 40px 56px;
    gap: 8px;
    align-items: center;
    height: var(--row);
    padding: 0 14px 0 12px;
    white-space: nowrap;
  }
  .head {
    position: sticky;
    z-index: 1;
    top: 0;
    border-bottom: 1px solid var(--hair);
    background: var(--vscode-editor-background);
    color: var(--muted);
    font-size: var(--tiny);
  }
  .head button {
    max-width: 100%;
    padding: 0;
    border: 0;
    overflow: hidden;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .head button:hover {
    color: var(--vscode-foreground);
  }
  .row {
    cursor: pointer;
  }
  .row:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row:is(:focus, :focus-within) {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
  .row:is(:focus, :focus-within) .last {
    color: inherit;
  }
  .row:focus-within:not(:focus) {
    outline-style: dotted;
  }
  .cell:has(> .icon) {
    display: flex;
  }
  .cell {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .row.chosen:not(:focus, :focus-within) {
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .cell:focus {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .last {
    color: var(--muted);
  }
  .row .last {
    font-family: var(--mono);
    font-size: var(--mono-size);
  }
  .exit,
  .time {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .slow {
    font-weight: 600;
  }
  .brief {
    display: none;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .opened {
    padding-left: 12px;
  }
  @container (width < 880px) {
    .head {
      position: static;
    }
  }
  @container (width < 560px) {
    .head,
    .status,
    .row > .exit,
    .row > .time {
      display: none;
    }
    .row {
      grid-template-columns: 16px 64px minmax(0, 1fr) 48px;
      padding-inline: 8px 12px;
    }
    .row > .brief {
      display: block;
    }
    .opened {
      padding-left: 0;
    }
  }
`;
