import { css } from 'lit';
import { pageHost } from '../elements/pageHost.ts';

export const pageStyles = css`
  ${pageHost}
  main {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    height: 100%;
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px var(--pad);
    border-bottom: 1px solid var(--hair);
  }
  h1 {
    font-size: calc(var(--vscode-font-size, 13px) + 1px);
    font-weight: 600;
  }
  .grow {
    flex: 1;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(300px, 400px) minmax(0, 1fr);
    min-height: 0;
  }
  .columns > * {
    min-width: 0;
    min-height: 0;
    overflow: auto;
    padding: 12px var(--pad);
  }
  .columns > * + * {
    border-left: 1px solid var(--hair);
  }
  footer {
    display: grid;
    gap: 8px;
    padding: 10px var(--pad) 12px;
    border-top: 1px solid var(--hair);
  }
  .exact,
  .actions {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 10px;
    min-width: 0;
  }
  .folded {
    max-height: 5.6em;
    overflow: auto;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .warnings {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--small);
  }
  .warnings li,
  .reason {
    display: inline-flex;
    align-items: flex-start;
    gap: 4px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .warnings .icon,
  .reason .icon {
    width: 14px;
    height: 14px;
    margin-top: 2px;
    font-size: 14px;
  }
  .primary {
    border-color: var(--vscode-button-border, transparent);
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
  }
  .primary:hover:enabled {
    background: var(--vscode-button-hoverBackground);
  }
  .primary:disabled {
    color: var(--vscode-button-foreground);
    opacity: 0.45;
  }
  .keys {
    color: var(--muted);
    font-size: var(--tiny);
  }
  kbd {
    padding: 0 4px;
    border: 1px solid var(--vscode-keybindingLabel-border, var(--hair));
    border-radius: 3px;
    background: var(--vscode-keybindingLabel-background, transparent);
    color: var(--vscode-keybindingLabel-foreground, inherit);
    font: inherit;
  }
  @container (width < 720px) {
    main {
      display: block;
      overflow: auto;
    }
    .columns {
      display: block;
    }
    .columns > * {
      overflow: visible;
    }
    .columns > * + * {
      border-top: 1px solid var(--hair);
      border-left: 0;
    }
    footer {
      position: sticky;
      bottom: 0;
      background: var(--vscode-editor-background);
    }
    .keys {
      display: none;
    }
  }
`;
