import { css, unsafeCSS } from 'lit';

const colours = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

/** The sixteen colours are those of the integrated terminal, pulled towards the text colour where they are too weak. */
const palette = colours
  .flatMap((colour) => [
    { name: `ansi-${colour.toLowerCase()}`, variable: `--vscode-terminal-ansi${colour}`, colour },
    {
      name: `ansi-bright-${colour.toLowerCase()}`,
      variable: `--vscode-terminal-ansiBright${colour}`,
      colour,
    },
  ])
  .map(({ name, variable, colour }) => {
    const isBright = name.startsWith('ansi-bright-');
    const share = colour === 'Black' || colour === 'White' ? 45 : isBright ? 50 : 70;
    return `.${name} { color: color-mix(in srgb, var(${variable}) ${share}%, var(--vscode-foreground)); }
      .${name}-bg { background: color-mix(in srgb, var(${variable}) 40%, transparent); }`;
  })
  .join('\n');

export const outputStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 6px 0;
    font-family: var(--mono);
    font-size: var(--mono-size);
    line-height: max(18px, 1.5em);
  }
  .all {
    position: relative;
  }
  .shown {
    position: absolute;
    min-width: 100%;
  }
  .line {
    display: flex;
    min-height: max(18px, 1.5em);
  }
  .number {
    flex: none;
    width: 44px;
    padding-right: 10px;
    color: var(--vscode-editorLineNumber-foreground);
    text-align: right;
    user-select: none;
  }
  .edge {
    flex: none;
    width: 2px;
    margin-right: 8px;
  }
  .stderr > .edge {
    background: var(--unknown);
  }
  .found {
    box-shadow:
      inset 3px 0 var(--unknown),
      inset 0 1px var(--track),
      inset 0 -1px var(--track);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .text {
    padding-right: 12px;
    white-space: pre;
    tab-size: 8;
  }
  :host([wrap]) .shown {
    width: 100%;
  }
  :host([wrap]) .text {
    min-width: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .empty,
  .gap {
    padding: 0 12px 0 54px;
    font-family: var(--vscode-font-family);
    font-size: var(--small);
  }
  .gap {
    padding-block: 6px;
    color: var(--muted);
  }
  .ansi-bold {
    font-weight: 700;
  }
  .ansi-dim {
    color: var(--muted);
  }
  .ansi-italic {
    font-style: italic;
  }
  .ansi-underline {
    text-decoration: underline;
  }
  .ansi-strikethrough {
    text-decoration: line-through;
  }
  ${unsafeCSS(palette)}
`;
