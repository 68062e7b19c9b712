import { css } from 'lit';

export const fileListStyles = css`
  :host {
    display: block;
    max-height: 264px;
    overflow: auto;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--hair)));
    border-radius: 4px;
  }
  .all {
    position: relative;
  }
  .file {
    position: absolute;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    height: var(--row);
    padding: 0 8px;
    border: 0;
    background: none;
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }
  .file > .cut {
    flex: none;
    max-width: 60%;
  }
  .file > .detail {
    flex: 1;
    max-width: none;
    color: var(--muted);
    font-size: var(--small);
  }
  .count {
    flex: none;
    font-size: var(--small);
  }
  .file:hover,
  .file:focus-visible {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .file:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
`;
