import { css } from 'lit';

/** What an element that fills a whole page of ours has: size, colours and type of the workbench. */
export const pageHost = css`
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
`;
