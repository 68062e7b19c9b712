import { css } from 'lit';

export const exactNodesStyles = css`
  :host {
    display: block;
    max-height: 132px;
    overflow: auto;
  }
  .all {
    position: relative;
  }
  .node {
    position: absolute;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    height: var(--row);
  }
  .node:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .out {
    color: var(--muted);
    text-decoration: line-through;
  }
`;
