import { css } from 'lit';

export const nodeListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  section {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  .tools {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    flex: none;
    gap: 4px 8px;
    min-height: 34px;
    padding: 4px 12px 4px var(--pad);
  }
  .grow {
    flex: 1;
  }
  .only {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 22px;
    padding: 0 3px 0 7px;
    border: 1px solid var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
    border-radius: 4px;
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
    font-size: var(--small);
    white-space: nowrap;
    cursor: pointer;
  }
  .only .icon {
    width: 14px;
    height: 14px;
    color: inherit;
    font-size: 14px;
  }
  .held {
    font-size: var(--small);
  }
  .search {
    display: flex;
    align-items: center;
    flex: 1000 1 90px;
    gap: 6px;
    min-width: 90px;
    max-width: 160px;
    height: 22px;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }
  .search:focus-within {
    border-color: var(--vscode-focusBorder);
  }
  .search input {
    flex: 1;
    min-width: 0;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    font-size: var(--small);
  }
  .search input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .fold {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: var(--small);
    white-space: nowrap;
    cursor: pointer;
  }
  .fold input {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  .below {
    display: flex;
    flex: 0 1 55%;
    flex-direction: column;
    min-height: 0;
    border-top: 1px solid var(--hair);
  }
  .below-head {
    display: flex;
    align-items: center;
    flex: none;
    gap: 8px;
    height: 30px;
    padding: 0 8px 0 12px;
    background: var(--vscode-sideBar-background);
  }
  .below muster-node-detail {
    flex: 1;
    min-height: 0;
    --detail-height: 100%;
  }
  .nobody {
    padding: 12px var(--pad);
  }
  @container (width < 880px) {
    section {
      flex: none;
    }
    section > :is(muster-matrix, muster-table, muster-search) {
      max-height: max(300px, 70vh);
    }
    section:has(.below) > :is(muster-matrix, muster-table, muster-search) {
      max-height: max(180px, 36vh);
    }
    .below {
      min-height: max(270px, 50vh);
    }
    .below muster-node-detail {
      --detail-height: max(240px, 50vh);
    }
    .scroller {
      overflow: visible;
    }
    .tools {
      position: sticky;
      z-index: 2;
      top: 0;
      background: var(--vscode-editor-background);
    }
  }
  @container (width < 560px) {
    .tools {
      top: 30px;
      padding-inline: 12px;
    }
    muster-chips {
      flex: none;
    }
    .grow {
      display: none;
    }
    .search {
      flex: 1 1 0;
      min-width: 0;
      max-width: 200px;
      margin-left: auto;
    }
  }
`;
