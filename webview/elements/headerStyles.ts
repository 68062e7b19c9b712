import { css } from 'lit';

export const headerStyles = css`
  :host {
    display: block;
    flex: none;
  }
  header {
    display: grid;
    gap: 6px;
    padding: 10px var(--pad);
    border-bottom: 1px solid var(--hair);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .title {
    min-height: 26px;
  }
  .state {
    display: inline-flex;
  }
  h1 {
    flex: 0 1 auto;
    color: var(--vscode-settings-headerForeground, var(--vscode-foreground));
    font-size: calc(var(--vscode-editor-font-size, 13px) + 1px);
    line-height: 22px;
  }
  .more {
    flex: none;
    font-size: var(--small);
  }
  .grow {
    flex: 1;
  }
  .subject {
    column-gap: 16px;
    font-size: var(--small);
    line-height: 18px;
  }
  .subject > .icon {
    margin-right: -12px;
  }
  .expression {
    flex: 0 1 auto;
  }
  .subject .link {
    margin-left: -8px;
    font-size: var(--small);
  }
  .subject .relative {
    flex: none;
    margin-left: 0;
  }
  .detail {
    flex: none;
    color: var(--muted);
  }
  .params {
    flex: 0 10 auto;
    min-width: 60px;
  }
  .folded {
    flex: 0 100 auto;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .percent {
    flex: none;
    min-width: 38px;
    text-align: right;
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  .outcome {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 4px 24px;
    font-variant-numeric: tabular-nums;
  }
  .sentence {
    flex: none;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 4px 16px;
    min-width: 0;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--muted);
    font-size: var(--small);
    white-space: nowrap;
  }
  .facts .link + .link {
    display: none;
    margin-left: 8px;
  }
  @container (width >= 1100px) {
    .facts .link + .link {
      display: inline;
    }
  }
  .step {
    width: 20px;
    height: 20px;
    /* The line is as high without the buttons: nothing below moves when they go. */
    margin-block: -4px;
    vertical-align: middle;
  }
  [role='toolbar'] {
    display: flex;
    gap: 6px;
  }
  .plain {
    color: var(--vscode-foreground);
  }
  @container (width < 960px) {
    .subject,
    .outcome {
      flex-wrap: wrap;
      row-gap: 2px;
    }
    .sentence {
      flex: 0 1 auto;
    }
    .facts {
      justify-content: flex-start;
    }
  }
  @container (width < 560px) {
    .title .word {
      display: none;
    }
    .title .button:is(.pause, .compare) {
      padding: 0 4px;
      border-color: transparent;
      background: none;
    }
    header {
      padding-block: 8px;
    }
    .detail,
    .subject > .icon {
      display: none;
    }
    .subject {
      flex-wrap: nowrap;
      justify-content: space-between;
    }
  }
`;
