import { css } from 'lit';

export const answerStyles = css`
  .count {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .sign {
    display: inline-block;
    flex: none;
    width: 16px;
    text-align: center;
    font-size: 14px;
    line-height: 16px;
  }
  .sign.similar {
    color: var(--unknown);
  }
  .sign.different {
    color: var(--bad);
  }
  .in-step {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    font-size: var(--small);
  }
  .in-step select {
    height: 22px;
    min-width: 0;
    max-width: 180px;
    /* As wide as what is chosen: the longest title of all would move what stands beside it into another line. */
    field-sizing: content;
    padding: 0 4px;
    border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
    border-radius: 4px;
    background: var(--vscode-dropdown-background, var(--vscode-input-background));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
    font-size: var(--small);
  }
  .masks {
    height: 22px;
    padding: 0 8px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: none;
    font-size: var(--small);
    cursor: pointer;
  }
  .masks[aria-pressed='true'] {
    border-color: var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder));
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 6px;
    height: max(24px, 1.85em);
    padding: 0 8px 0 10px;
    white-space: nowrap;
  }
  .twistie {
    display: inline-flex;
    flex: none;
    width: 16px;
  }
  .twistie .icon.closed {
    rotate: -90deg;
  }
  .many {
    min-width: 22px;
    text-align: right;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .kind {
    min-width: 58px;
  }
  .end {
    flex: none;
    padding: 0 4px;
    border: 1px solid var(--hair);
    border-radius: 3px;
    color: var(--muted);
    font-size: var(--tiny);
    line-height: 16px;
  }
  .end.failure {
    border-color: var(--bad);
    color: var(--vscode-foreground);
  }
  .names {
    flex: 1;
  }
  .tools {
    display: none;
    flex: none;
    gap: 2px;
  }
  .entry:is(:hover, :focus, :focus-within) .tools {
    display: inline-flex;
  }
  .body {
    padding: 0 8px 4px 38px;
    font-family: var(--mono);
    font-size: var(--mono-size);
    line-height: 18px;
  }
  .line {
    display: flex;
    gap: 8px;
    min-width: 0;
    white-space: pre;
  }
  .number {
    flex: none;
    width: 24px;
    text-align: right;
    color: var(--vscode-editorLineNumber-foreground);
    user-select: none;
  }
  .edge {
    flex: none;
    width: 2px;
    margin: 2px 0;
  }
  .stderr .edge {
    background: var(--unknown);
  }
  .text {
    white-space: pre;
  }
  .own {
    padding: 0 3px;
    border: 1px solid var(--hair);
    border-radius: 3px;
    color: var(--muted);
    font-family: var(--vscode-font-family);
    font-size: var(--tiny);
  }
  .missing .text {
    color: var(--muted);
    font-family: var(--vscode-font-family);
  }
  mark {
    padding: 0 1px;
    border-bottom: 1px solid var(--unknown);
    border-radius: 2px 2px 0 0;
    background: color-mix(in srgb, var(--unknown) 24%, transparent);
    color: inherit;
  }
  :host-context(:is(.vscode-high-contrast, .vscode-high-contrast-light)) mark {
    border: 1px solid var(--vscode-contrastActiveBorder);
    border-radius: 0;
    background: none;
  }
  .majority,
  .below {
    color: var(--muted);
    font-family: var(--vscode-font-family);
    font-size: var(--small);
  }
  .majority {
    flex: 0 1 auto;
    margin-left: auto;
    padding-left: 16px;
  }
  .below {
    padding-left: 42px;
  }
  @container (width < 560px) {
    .majority {
      display: none;
    }
    .kind {
      min-width: 0;
    }
  }
`;
