import { css } from 'lit';

export const reasonStyles = css`
  .entry {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    gap: 0 8px;
    padding: 3px 8px 3px 12px;
  }
  .why {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @container (width < 560px) {
    .why {
      display: -webkit-box;
      overflow-wrap: anywhere;
      white-space: normal;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
  }
  .many {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .second {
    display: flex;
    align-items: center;
    grid-column: 2 / 4;
    gap: 10px;
    min-width: 0;
    color: var(--muted);
    font-size: var(--small);
    line-height: 18px;
  }
  .second .cut {
    flex: 1;
  }
  .tools {
    visibility: hidden;
  }
  .entry:is(:hover, :focus, :focus-within) .tools {
    visibility: visible;
  }
  .tools .tool {
    height: 18px;
  }
`;
