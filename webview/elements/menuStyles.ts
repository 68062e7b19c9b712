import { css } from 'lit';

/** Menus as the workbench draws them. */
export const menuStyles = css`
  .menu {
    position: fixed;
    z-index: 9;
    padding: 4px;
    border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
    border-radius: 5px;
    background: var(--vscode-menu-background, var(--vscode-editor-background));
    color: var(--vscode-menu-foreground, var(--vscode-foreground));
  }
  .menu button {
    display: block;
    width: 100%;
    height: 24px;
    padding: 0 20px 0 12px;
    border: 0;
    border-radius: 3px;
    background: none;
    text-align: left;
    white-space: nowrap;
    cursor: pointer;
  }
  .menu button:is(:hover, :focus-visible):enabled {
    background: var(--vscode-menu-selectionBackground, var(--vscode-list-hoverBackground));
    color: var(--vscode-menu-selectionForeground, inherit);
    outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
    outline-offset: -1px;
  }
  .menu button:disabled {
    color: var(--vscode-disabledForeground, var(--muted));
    cursor: default;
  }
`;
