import { css } from 'lit';

export const detailStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .detail {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 290px;
    grid-template-rows: minmax(0, 1fr);
    height: 100%;
    max-height: var(--detail-height, max(240px, 50vh));
    border-block: 1px solid var(--detail-edge, var(--hair));
  }
  .pane {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--vscode-editor-background);
    border-right: 1px solid var(--hair);
  }
  muster-output {
    flex: 1;
    min-height: 66px;
  }
  .tools {
    display: flex;
    align-items: center;
    flex: none;
    flex-wrap: wrap;
    gap: 0 8px;
    min-height: 30px;
    padding: 0 8px 0 12px;
    border-bottom: 1px solid var(--hair);
    font-size: var(--small);
  }
  .tabs {
    display: inline-flex;
    flex: none;
    overflow: hidden;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--track)));
    border-radius: 4px;
  }
  .tabs button {
    height: 20px;
    padding: 0 8px;
    border: 0;
    background: none;
    font-size: var(--small);
    white-space: nowrap;
    cursor: pointer;
  }
  .tabs button + button {
    border-left: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--track)));
  }
  .tabs [aria-selected='true'] {
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
    box-shadow: inset 0 0 0 1px var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
  }
  .only {
    display: inline-flex;
    align-items: center;
    flex: 0 1 auto;
    gap: 4px;
    min-width: 64px;
    margin: 4px 0;
    height: 20px;
    padding: 0 3px 0 7px;
    border: 1px solid var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
    border-radius: 4px;
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
    font-size: var(--small);
    cursor: pointer;
  }
  .only .icon {
    color: inherit;
    font-size: 14px;
  }
  .steps {
    margin: 2px -4px 0;
    padding: 0;
    list-style: none;
  }
  .step {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 100%;
    height: 22px;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 3px;
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .step:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  .step[aria-pressed='true'] {
    border-color: var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
    background: var(--vscode-inputOption-activeBackground);
  }
  .step .facts {
    flex: 1 1 0;
    min-width: 40%;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .step[aria-pressed='true'] .facts {
    color: inherit;
  }
  .size {
    white-space: nowrap;
  }
  .grow {
    flex: 1;
  }
  .side {
    min-width: 0;
    overflow: auto;
    padding: 8px 12px;
    background: var(--vscode-sideBar-background);
    font-size: var(--small);
    line-height: 18px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-bottom: 2px;
  }
  .said {
    overflow-wrap: anywhere;
  }
  .stack {
    overflow: auto;
    max-height: 180px;
    margin: 6px 0 0;
    font-family: var(--mono);
    font-size: var(--tiny);
    line-height: 16px;
  }
  .act {
    padding-top: 8px;
  }
  .act .link {
    overflow-wrap: anywhere;
    text-align: left;
    white-space: normal;
  }
  h3:not(.head) {
    padding-top: 12px;
  }
  dl {
    display: grid;
    grid-template-columns: 84px minmax(0, 1fr);
    gap: 2px 8px;
    padding-top: 4px;
    font-variant-numeric: tabular-nums;
  }
  @container (width < 720px) {
    .detail {
      display: block;
      max-height: none;
    }
    .pane {
      max-height: var(--detail-height, max(240px, 50vh));
      border-right: 0;
    }
    .side {
      border-top: 1px solid var(--hair);
    }
  }
  @container (width < 400px) {
    .size {
      display: none;
    }
  }
`;
