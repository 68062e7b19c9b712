import { css } from 'lit';

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
  .unfold {
    display: none;
    align-items: center;
    gap: 6px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  @container (width < 720px) {
    .unfold {
      display: flex;
    }
    .lists:not(.open) {
      display: none;
    }
  }
`;
