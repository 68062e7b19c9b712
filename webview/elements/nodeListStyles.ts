import { css } from 'lit';

export const nodeListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  section {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .tools {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    flex: none;
    gap: 4px 8px;
    min-height: 34px;
    padding: 4px 12px 4px var(--pad);
  }
  .grow {
    flex: 1;
  }
  .held {
    font-size: var(--small);
  }
  .search {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 160px;
    height: 22px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }
  .search:focus-within {
    border-color: var(--vscode-focusBorder);
  }
  .search input {
    flex: 1;
    min-width: 0;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    font-size: var(--small);
  }
  .search input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
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
  .cell {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
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
  .nobody {
    padding: 12px var(--pad);
  }
  @container (width < 960px) {
    section {
      flex: none;
    }
    .scroller {
      overflow: visible;
    }
    .tools {
      position: sticky;
      z-index: 2;
      top: 0;
      background: var(--vscode-editor-background);
    }
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
      grid-template-columns: 16px minmax(64px, 0.45fr) minmax(0, 1fr) auto;
      padding-inline: 8px 12px;
    }
    .row > .brief {
      display: block;
    }
    .tools {
      flex-wrap: nowrap;
      padding-inline: 12px;
    }
    .search {
      flex: 0 1 120px;
    }
    .opened {
      padding-left: 0;
    }
  }
`;
