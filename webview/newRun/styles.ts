import { css } from 'lit';

export const pageStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: block;
    container-type: inline-size;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
    line-height: 1.4;
  }
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

/** Fields of a form in the sizes of the workbench. */
export const fieldStyles = css`
  :host {
    display: block;
  }
  /* Boxes and sliders that the browser draws follow the theme. */
  :host-context(:is(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light))) {
    color-scheme: dark;
  }
  .field {
    display: grid;
    gap: 4px;
    min-width: 0;
    margin-bottom: 12px;
  }
  .field > label,
  .caption {
    font-size: var(--small);
    font-weight: 600;
  }
  .hint {
    color: var(--muted);
    font-size: var(--small);
  }
  .problem {
    display: flex;
    align-items: flex-start;
    gap: 4px;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .problem .icon {
    width: 14px;
    height: 14px;
    margin-top: 1px;
    font-size: 14px;
  }
  input[type='text'],
  input[type='search'],
  textarea,
  select {
    width: 100%;
    min-width: 0;
    height: 26px;
    padding: 0 8px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    font-family: inherit;
  }
  select {
    border-color: var(--vscode-dropdown-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
    background: var(--vscode-dropdown-background, var(--vscode-input-background));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
  }
  textarea {
    height: auto;
    min-height: 52px;
    padding: 4px 8px;
    resize: vertical;
    line-height: 20px;
  }
  :is(input, textarea).mono {
    font-family: var(--mono);
    font-size: var(--vscode-editor-font-size, 13px);
  }
  ::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  :is(input, textarea, select):focus {
    border-color: var(--vscode-focusBorder);
    outline: 0;
  }
  [aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--bad));
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 8px;
  }
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    overflow: hidden;
  }
  .segments button {
    height: 22px;
    padding: 0 8px;
    border: 0;
    background: none;
    font-size: var(--small);
    cursor: pointer;
  }
  .segments button + button {
    border-left: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
  }
  .segments button:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .segments [aria-checked='true'],
  .segments [aria-selected='true'] {
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
    box-shadow: inset 0 0 0 1px var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
  }
  .three {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    align-items: start;
    gap: 0 12px;
  }
`;

export const targetStyles = css`
  .line {
    display: flex;
    align-items: baseline;
    gap: 10px;
    margin-bottom: 4px;
  }
  .end {
    margin-left: auto;
    color: var(--muted);
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  .tabs {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 10px;
    margin: 8px 0;
  }
  .list {
    position: relative;
    margin-top: 6px;
  }
  .target {
    position: absolute;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    height: var(--row);
    padding: 0 4px;
    white-space: nowrap;
  }
  .target:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .target .detail {
    flex: 1;
    color: var(--muted);
    font-size: var(--small);
  }
  .target.blocked {
    color: var(--vscode-disabledForeground, var(--muted));
  }
  .twistie {
    width: 16px;
    height: 16px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .twistie.closed {
    rotate: -90deg;
  }
  input[type='checkbox'] {
    flex: none;
    margin: 0;
    accent-color: var(--vscode-checkbox-selectBackground, var(--vscode-focusBorder));
  }
  .saved {
    display: flex;
    gap: 8px;
    width: 100%;
    min-height: var(--row);
    padding: 2px 4px;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .saved:hover {
    background: var(--vscode-list-hoverBackground);
  }
`;

export const actionStyles = css`
  section {
    position: relative;
  }
  .above {
    position: absolute;
    inset-inline-end: 0;
    font-size: var(--small);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 64px;
    gap: 4px;
  }
  .pair select {
    align-self: start;
    margin-top: calc(1.4em + 3px);
    padding: 0 4px;
  }
  .strategy {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px 16px;
  }
  .at-once {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    font-size: var(--small);
  }
  input[type='range'] {
    width: 180px;
    accent-color: var(--vscode-progressBar-background, var(--active));
  }
  .few[type='text'] {
    width: 52px;
  }
  .more {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px;
    margin: 4px 0 10px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .twistie.closed {
    rotate: -90deg;
  }
`;
