import { css } from 'lit';

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
    grid-template-columns: minmax(0, 1fr);
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
  :is(input[type='text'], input[type='password'], input[type='search']),
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
  :is(input, textarea, select)[aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--bad));
  }
  input[type='checkbox'] {
    appearance: none;
    display: inline-grid;
    flex: none;
    place-content: center;
    width: 16px;
    height: 16px;
    margin: 0;
    border: 1px solid var(--vscode-checkbox-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
    border-radius: 3px;
    background: var(--vscode-checkbox-background);
    color: var(--vscode-checkbox-foreground, var(--vscode-foreground));
    cursor: pointer;
  }
  input[type='checkbox']::before {
    font: 12px/1 codicon;
  }
  input[type='checkbox']:checked::before {
    content: '\\eab2';
  }
  input[type='checkbox']:indeterminate::before {
    content: '\\eacc';
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
