import { css } from 'lit';

export const splitStyles = css`
  .split {
    position: relative;
    display: flex;
  }
  .main {
    border-radius: 4px 0 0 4px;
  }
  .primary .button {
    border-color: var(--vscode-button-border, transparent);
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
  }
  .primary .button:hover:enabled {
    background: var(--vscode-button-hoverBackground, var(--vscode-button-background));
  }
  .primary .more {
    border-left: 1px solid var(--vscode-button-separator, transparent);
  }
  .more {
    border-left: 0;
    border-radius: 0 4px 4px 0;
    padding: 0 4px;
  }
  .menu {
    position: absolute;
    z-index: 3;
    top: 28px;
    right: 0;
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
  @container (width < 560px) {
    .main {
      padding: 0 4px;
      border-color: transparent;
      background: none;
    }
    .word {
      display: none;
    }
    .more {
      border-color: transparent;
      background: none;
      padding: 0;
    }
  }
`;
