import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Segment } from '../view/bar.ts';
import { styled } from './styled.ts';

/** Who is done, as lengths: colour is the family, hatching says that a result is not known. */
export class ProgressBar extends LitElement {
  static override properties = {
    segments: { attribute: false },
    percent: { type: Number },
    sentence: { type: String },
  };
  declare segments: readonly Segment[];
  declare percent: number;
  declare sentence: string;

  constructor() {
    super();
    this.segments = [];
    this.percent = 0;
    this.sentence = '';
  }

  override render(): TemplateResult {
    return html`<div
      class="bar"
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${this.percent}
      aria-valuetext=${this.sentence}
      aria-label="Progress"
    >
      ${repeat(
        this.segments,
        ({ key }) => key,
        ({ family, edge, count, title }) =>
          html`<span
            class="${family} ${edge ? 'edge' : ''}"
            title=${title}
            ${styled({ 'flex-grow': String(count) })}
          ></span>`,
      )}
    </div>`;
  }

  static override styles = css`
    :host {
      display: block;
      flex: 1;
      min-width: 0;
    }
    .bar {
      display: flex;
      gap: 2px;
      height: var(--bar, 8px);
      border-radius: 2px;
      overflow: hidden;
    }
    span {
      flex: 1 1 0;
      min-width: 4px;
      transition: flex-grow 150ms linear;
      border: 1px solid var(--edge);
    }
    .ok {
      background: color-mix(in srgb, var(--ok) 78%, var(--vscode-editor-background));
    }
    .bad {
      background: var(--bad);
    }
    .unknown {
      background: repeating-linear-gradient(135deg, var(--unknown) 0 4px, transparent 4px 6px);
    }
    .ours {
      background: var(--ours);
    }
    .active {
      background: color-mix(in srgb, var(--active) 70%, transparent);
    }
    .track {
      background: var(--track);
    }
    .track.edge {
      border: 1px dotted var(--idle);
    }
    :host-context(:is(.vscode-high-contrast, .vscode-high-contrast-light)) .track {
      background: none;
    }
    :host-context(.vscode-reduce-motion) span {
      transition: none;
    }
    @media (prefers-reduced-motion: reduce) {
      span {
        transition: none;
      }
    }
    @media (forced-colors: active) {
      span {
        border-color: CanvasText;
      }
    }
  `;
}

customElements.define('muster-progress-bar', ProgressBar);
