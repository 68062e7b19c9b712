import { css } from 'lit';

export const actionStyles = css`
  .kinds {
    margin-bottom: 12px;
  }
  .kind {
    position: relative;
  }
  .above {
    position: absolute;
    inset-inline-end: 0;
    font-size: var(--small);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 64px;
    gap: 4px;
  }
  .pair select {
    align-self: start;
    margin-top: calc(1.4em + 3px);
    padding: 0 4px;
  }
  .strategy {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px 16px;
  }
  .at-once {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    font-size: var(--small);
  }
  input[type='range'] {
    --track-color: linear-gradient(to right, var(--done) var(--at), var(--track) var(--at));
    --done: var(--vscode-progressBar-background, var(--active));
    appearance: none;
    width: 180px;
    height: 16px;
    margin: 0;
    background: none;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: var(--track-color);
    outline: 1px solid var(--edge);
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 12px;
    height: 12px;
    margin-top: -4px;
    border: 1px solid var(--edge);
    border-radius: 50%;
    background: var(--done);
  }
  .few[type='text'] {
    width: 52px;
  }
  .more {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px;
    margin: 4px 0 10px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .twistie.closed {
    rotate: -90deg;
  }
`;
