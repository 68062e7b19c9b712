import { css } from 'lit';

/** What the two questions of the panel share: their heads, rows and links. */
export const questionStyles = css`
  :host {
    display: block;
    min-width: 0;
    min-height: 0;
    overflow: auto;
  }
  .head {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 2px 8px;
    min-height: 32px;
    padding: 0 4px 0 var(--pad);
    background: var(--vscode-editor-background);
  }
  .head h2 {
    font-weight: 600;
    white-space: nowrap;
  }
  .head-tools {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    margin-left: auto;
  }
  .entry {
    cursor: pointer;
  }
  .entry:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .entry[aria-selected='true'] {
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .entry:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .nobody {
    padding: 2px var(--pad) 10px;
    color: var(--muted);
  }
  @container (width < 880px) {
    :host {
      overflow: visible;
    }
  }
  @container (width < 560px) {
    .head {
      top: 30px;
    }
  }
`;
