import { css } from 'lit';

/** Names for the tokens of UI.md, set once on the panel and inherited by everything in it. */
export const tokens = css`
  :host {
    --row: max(22px, 1.7em);
    --pad: 16px;
    --mono: var(--vscode-editor-font-family, monospace);
    --mono-size: calc(var(--vscode-editor-font-size, 13px) - 1px);
    --small: calc(var(--vscode-font-size, 13px) - 1px);
    --tiny: max(11px, calc(var(--vscode-font-size, 13px) - 2px));
    --muted: var(--vscode-descriptionForeground);
    --hair: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    --ok: var(--vscode-charts-green);
    --bad: var(--vscode-charts-red);
    --unknown: var(--vscode-charts-yellow);
    --ours: var(--vscode-charts-purple);
    --active: var(--vscode-charts-blue);
    --idle: var(--vscode-testing-iconSkipped);
    --track: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
    --tint: 12%;
    --edge: transparent;
  }
  :host-context(:is(.vscode-high-contrast, .vscode-high-contrast-light)) {
    --hair: var(--vscode-contrastBorder);
    --tint: 0%;
    --edge: var(--vscode-contrastBorder);
  }
`;

/** What every element of the panel shares: boxes, text, icons, controls, focus. */
export const shared = css`
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd {
    margin: 0;
    font-size: inherit;
    font-weight: 400;
  }
  .icon {
    font: normal 16px/1 codicon;
    display: inline-block;
    flex: none;
    width: 16px;
    height: 16px;
    text-align: center;
    color: var(--vscode-icon-foreground);
    user-select: none;
  }
  .ok {
    color: var(--ok);
  }
  .bad {
    color: var(--bad);
  }
  .unknown {
    color: var(--unknown);
  }
  .ours {
    color: var(--ours);
  }
  .active {
    color: var(--active);
  }
  .idle {
    color: var(--idle);
  }
  .spin {
    animation: spin 1.5s steps(30) infinite;
  }
  @keyframes spin {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation: none;
    }
  }
  :host-context(.vscode-reduce-motion) .spin {
    animation: none;
  }
  .muted {
    color: var(--muted);
  }
  .strong {
    font-weight: 600;
  }
  .mono {
    font-family: var(--mono);
    font-size: var(--mono-size);
  }
  .cut {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;

/** Buttons, links and fields in the sizes of the workbench. */
export const controls = css`
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    flex: none;
    gap: 4px;
    height: 26px;
    padding: 0 10px;
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
    border-radius: 4px;
    background: var(--vscode-button-secondaryBackground, transparent);
    color: var(--vscode-button-secondaryForeground, var(--vscode-foreground));
    white-space: nowrap;
    cursor: pointer;
  }
  .button .icon {
    color: inherit;
  }
  .button:hover {
    background: var(--vscode-button-secondaryHoverBackground, var(--vscode-toolbar-hoverBackground));
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .button.small {
    height: 22px;
    padding: 0 8px;
    font-size: var(--small);
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    width: 22px;
    height: 22px;
    padding: 0;
    border: 0;
    border-radius: 5px;
    background: none;
    cursor: pointer;
  }
  .tool:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .tool[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground);
    outline: 1px solid var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
    outline-offset: -1px;
  }
  .button:disabled,
  .tool:disabled {
    color: var(--vscode-disabledForeground, var(--muted));
    cursor: default;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    white-space: nowrap;
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
    text-decoration: underline;
  }
  .button:focus-visible,
  .tool:focus-visible,
  .link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;
