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
    top: 28px;
    right: 0;
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
