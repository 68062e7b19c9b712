import { css } from 'lit';

/** A view of the nodes with tools of its own above what scrolls. */
export const viewStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .bar {
    display: flex;
    align-items: center;
    flex: none;
    flex-wrap: wrap;
    gap: 4px 10px;
    padding: 0 12px 6px var(--pad);
    font-size: var(--small);
  }
  .grow {
    flex: 1;
  }
  .field {
    display: flex;
    align-items: center;
    flex: 0 1 360px;
    gap: 4px;
    min-width: 0;
    height: 26px;
    padding: 0 2px 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }
  .field:focus-within {
    border-color: var(--vscode-focusBorder);
  }
  .field input {
    flex: 1;
    min-width: 60px;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
  }
  .field input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .field .tool {
    font-size: var(--small);
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    border-top: 1px solid var(--hair);
  }
`;

export const searchStyles = [
  viewStyles,
  css`
    .all {
      position: relative;
    }
    .shown {
      position: absolute;
      inset: 0 0 auto;
    }
    .row {
      display: flex;
      align-items: center;
      gap: 8px;
      height: var(--row);
      padding: 0 12px;
      white-space: nowrap;
      cursor: pointer;
    }
    .row:hover {
      background: var(--vscode-list-hoverBackground);
      outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -1px;
    }
    .row.chosen {
      background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-list-hoverBackground));
      outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -1px;
    }
    .row:focus {
      background: var(--vscode-list-activeSelectionBackground);
      color: var(--vscode-list-activeSelectionForeground, inherit);
      outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
      outline-offset: -1px;
    }
    .row:focus :is(.muted, .number) {
      color: inherit;
    }
    .hit {
      gap: 6px;
      padding-left: 20px;
      font-family: var(--mono);
      font-size: var(--mono-size);
    }
    .number {
      flex: none;
      width: 44px;
      color: var(--vscode-editorLineNumber-foreground);
      text-align: right;
    }
    .edge {
      flex: none;
      align-self: stretch;
      width: 2px;
      margin: 3px 0;
    }
    .edge.stderr {
      background: var(--unknown);
    }
    .text {
      white-space: pre;
    }
    mark {
      padding: 0 1px;
      border-bottom: 1px solid var(--unknown);
      background: color-mix(in srgb, var(--unknown) 24%, transparent);
      color: inherit;
    }
    :host-context(:is(.vscode-high-contrast, .vscode-high-contrast-light)) mark {
      border: 1px solid var(--vscode-contrastActiveBorder);
      background: none;
    }
  `,
];
