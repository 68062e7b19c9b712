import { css } from 'lit';
import { viewStyles } from './searchStyles.ts';

export const tableStyles = [
  viewStyles,
  css`
    .read {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      white-space: nowrap;
    }
    select {
      height: 22px;
      padding: 0 4px;
      border: 1px solid
        var(--vscode-dropdown-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
      border-radius: 4px;
      background: var(--vscode-dropdown-background, var(--vscode-input-background));
      color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
      font-size: var(--small);
    }
    .grid {
      min-width: 100%;
      font-size: var(--small);
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
      align-items: center;
      white-space: nowrap;
    }
    .head {
      position: sticky;
      z-index: 2;
      top: 0;
      height: 24px;
      border-bottom: 1px solid var(--hair);
      background: var(--vscode-editor-background);
      font-size: var(--tiny);
    }
    .head button {
      max-width: 100%;
      padding: 0;
      border: 0;
      overflow: hidden;
      background: none;
      color: var(--muted);
      text-overflow: ellipsis;
      cursor: pointer;
    }
    .head button:hover {
      color: var(--vscode-foreground);
    }
    .row {
      height: var(--row);
      cursor: pointer;
    }
    .cell {
      flex: none;
      padding: 0 8px;
    }
    .cell.first {
      position: sticky;
      z-index: 1;
      left: 0;
      padding-left: 16px;
      background: var(--vscode-editor-background);
    }
    .cell.number {
      text-align: right;
      font-variant-numeric: tabular-nums;
    }
    .row:hover,
    .row:hover .first {
      background: var(--vscode-list-hoverBackground);
    }
    .row:hover {
      outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -1px;
    }
    .row.chosen,
    .row.chosen .first {
      background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-list-hoverBackground));
    }
    .row.chosen {
      outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -1px;
    }
    .row:focus,
    .row:focus .first {
      background: var(--vscode-list-activeSelectionBackground);
      color: var(--vscode-list-activeSelectionForeground, inherit);
    }
    .row:focus {
      outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
      outline-offset: -1px;
    }
  `,
];
