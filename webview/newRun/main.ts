import type { ToNewRun } from '../../core/protocol/newRun.ts';
import { createFrames } from '../frames.ts';
import { connectPage } from '../page.ts';
import { NewRunPage } from './page.ts';
import { type NewRunHost, NewRunStore } from './store.ts';

const host: NewRunHost = connectPage();
const page = pageIn(document);
const frames = createFrames(document, () => (page.model = store.model));
const store = new NewRunStore(host, () => frames.request());

page.store = store;
window.addEventListener('message', (message: MessageEvent<ToNewRun>) => store.receive(message.data));
frames.request();
host.post({ type: 'ready' });

function pageIn(root: Document): NewRunPage {
  const found = root.querySelector('muster-new-run');
  if (found instanceof NewRunPage) return found;
  const made = new NewRunPage();
  root.body.append(made);
  return made;
}
