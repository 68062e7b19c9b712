import type { ToPanel } from '../core/protocol/webview.ts';
import { RunPanel } from './elements/runPanel.ts';
import { createFrames } from './frames.ts';
import { connectHost } from './host.ts';
import { actionsOf, Store } from './store.ts';

const host = connectHost();
const panel = panelIn(document);
const frames = createFrames(document, () => {
  store.requestOutput();
  store.requestAnswers();
  store.requestTable();
  panel.model = store.model;
});
const store = new Store(host, () => frames.request());

panel.actions = actionsOf(store, host);
window.addEventListener('message', (message: MessageEvent<ToPanel>) => store.receive(message.data));
setInterval(() => {
  if (store.model.state?.status === 'running') frames.request();
}, 1_000);
host.post({ type: 'ready' });

function panelIn(page: Document): RunPanel {
  const found = page.querySelector('muster-run-panel');
  if (found instanceof RunPanel) return found;
  const made = new RunPanel();
  page.body.append(made);
  return made;
}
