import { css } from 'lit';
import { pageHost } from './pageHost.ts';

export const panelStyles = css`
  ${pageHost}
  .panel {
    display: flex;
    flex-direction: column;
    height: 100%;
    overflow: hidden;
  }
  muster-node-list {
    flex: 1;
  }
  .top {
    flex: none;
  }
  .questions {
    display: grid;
    flex: none;
    grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr);
    min-height: 0;
    max-height: 45%;
    border-bottom: 1px solid var(--hair);
  }
  .questions > * + * {
    border-left: 1px solid var(--hair);
  }
  .only {
    flex: 1;
    min-height: 0;
    --detail-height: 100%;
    --detail-edge: transparent;
  }
  .waiting {
    padding: 16px;
  }
  .mini {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 30px;
    padding: 0 12px;
    border-bottom: 1px solid var(--hair);
    background: var(--vscode-editor-background);
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  @container (width < 880px) {
    .questions {
      display: block;
      max-height: none;
    }
    .questions > * + * {
      border-top: 1px solid var(--hair);
      border-left: 0;
    }
    .panel {
      display: block;
      overflow: auto;
    }
    .only {
      --detail-height: none;
    }
  }
  @container (width < 560px) {
    .panel {
      --pad: 12px;
    }
    .mini {
      position: fixed;
      z-index: 4;
      inset: 0 0 auto;
    }
  }
`;
