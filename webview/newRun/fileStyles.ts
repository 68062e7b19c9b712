import { css } from 'lit';

/** What is chosen of the workspace, and what it is given. */
export const fileStyles = css`
  .line {
    display: flex;
    align-items: baseline;
    gap: 10px;
  }
  .line .end {
    margin-left: auto;
    font-size: var(--small);
  }
  .chosen {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0 8px;
    min-height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--hair)));
    border-radius: 4px;
    background: var(--vscode-input-background);
  }
  .grow {
    flex: 1 1 120px;
  }
  .where {
    margin-bottom: 12px;
  }
  .params {
    margin: 4px 0 8px;
  }
  h2.params {
    margin-bottom: 2px;
  }
  .wide.three {
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
  }
  .broad {
    grid-column: 1 / -1;
  }
  .kind-of {
    color: var(--muted);
    font-weight: 400;
  }
  .field > .check {
    height: 26px;
    margin: 0;
    font-size: inherit;
    font-weight: 400;
  }
  .json {
    position: relative;
    display: grid;
  }
  .json > * {
    grid-area: 1 / 1;
    min-width: 0;
    margin: 0;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .json > textarea {
    background: transparent;
    resize: none;
    overflow: hidden;
    field-sizing: content;
  }
  .marks {
    padding: 4px 8px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: transparent;
    font-family: var(--mono);
    font-size: var(--vscode-editor-font-size, 13px);
    line-height: 20px;
  }
  mark {
    background: none;
    color: transparent;
    text-decoration: underline wavy var(--vscode-editorError-foreground, var(--bad));
    text-underline-offset: 3px;
    text-decoration-skip-ink: none;
  }
  .mistakes {
    display: grid;
    gap: 4px;
  }
`;
