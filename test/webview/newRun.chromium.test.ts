import assert from 'node:assert/strict';
import { hostile } from './fixtures/driving.ts';
import { playNewRunHost, site } from './fixtures/newRunHost.ts';
import { newRunPage, openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { workspaceFiles } from './fixtures/workspaceFiles.ts';

const absent = whyNoChromium();

describe(`the page of New Run in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  async function openForm(webs: number): Promise<PanelPage> {
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800, shows: newRunPage });
    const index = site(webs);
    playNewRunHost(panel, index, workspaceFiles);
    await panel.send({ type: 'form', form: { selection: '@api' } });
    await panel.page.evaluate('window.postMessage({ type: "loading" })');
    await panel.page.evaluate('acquireVsCodeApi().postMessage({ type: "ready" })');
    await until(`${text}.includes('2 of ')`);
    return panel;
  }

  it('has one value in two views: ticks write the line, the line moves the ticks', async () => {
    const { page, complaints } = await openForm(12);
    await page.click('.target:has-text("database") input');
    await until(`${value('selection')} === '@api, @database'`);
    await until(`${text}.includes('Runs on exactly these 4 nodes')`);
    await page.click('#selection');
    await page.keyboard.type(' !db01');
    await until(`${text}.includes('Runs on exactly these 3 nodes')`);
    await until(`${all}.some((each) => each.matches('.target') && each.textContent.includes('1/2'))`);
    assert.deepEqual(complaints, []);
  });

  it('takes two ticks that come before the first is written', async () => {
    const { page } = await openForm(12);
    const boxes = `['database', 'frontend'].map((name) =>
      ${all}.find((each) => each.matches('.target') && each.textContent.includes(name)).querySelector('input'))`;
    await page.evaluate(`${boxes}.forEach((box) => box.click())`);
    await until(`${text}.includes('Runs on exactly these 16 nodes')`);
  });

  it('says how it runs as soon as that is chosen', async () => {
    const { page } = await openForm(12);
    await fill('command', 'uptime');
    await page.click('.segments button:has-text("In waves")');
    await until(`${text}.includes('in waves of 1, then 10%, then 50%; 10 at once')`);
  });

  it('keeps the ticks while the line is not right, says why at the field, and can not be run', async () => {
    const { page, received } = await openForm(12);
    await page.click('#command');
    await page.keyboard.type('uptime');
    await page.click('#selection');
    await page.keyboard.type(', @nobody');
    await page.focus('#command');
    await until(`${text}.includes('@nobody')`);
    assert.equal(await page.evaluate(`${text}.includes('Run on 2 nodes')`), true);
    await page.keyboard.press('Control+Enter');
    assert.ok(!received.some(({ type }) => type === 'run'));
  });

  it('goes to the field that is wrong, and runs by keys when it is right', async () => {
    const { page, received } = await openForm(12);
    await until(`${text}.includes('What is to be run?')`);
    await page.click('button:has-text("Go to field")');
    await until(`${all}.some((each) => each.shadowRoot?.activeElement?.id === 'command')`);
    await page.keyboard.type('uptime');
    await until(`${all}.some((each) => each.matches('.primary:enabled'))`);
    await page.keyboard.press('Control+Enter');
    await until(`${text}.includes('Starting…')`);
    const form = received.findLast(({ type }) => type === 'run')?.['form'];
    assert.deepEqual([Object(form)['selection'], Object(form)['command']], ['@api', 'uptime']);
    await panel.send({ type: 'idle', message: 'The queue is full: 10 running, 5 waiting of 5.' });
    await until(`${text}.includes('The queue is full')`);
    assert.equal(await page.evaluate(value('command')), 'uptime');
  });

  it('stays small with 5000 nodes, and finds them', async () => {
    const { page } = await openForm(4996);
    await page.click('.segments button:has-text("Nodes")');
    await until(`${text}.includes('web001')`);
    assert.ok(Number(await page.evaluate(`${all}.length`)) < 1000);
    await page.click('input[type=search]');
    await page.keyboard.type('web4990');
    await until(`${all}.filter((each) => each.matches('.target')).length === 1`);
  });

  it('runs what was typed a moment ago, but not on nodes that nobody has seen', async () => {
    const { page, received } = await openForm(12);
    await page.click('#command');
    await page.keyboard.type('uptime');
    await page.keyboard.press('Control+Enter');
    await until(`${text}.includes('Starting…')`);
    await panel.send({ type: 'idle', message: '' });
    await page.click('#selection');
    await page.keyboard.type(', db01');
    await page.keyboard.press('Control+Enter');
    await until(`${text}.includes('Run on 3 nodes')`);
    assert.equal(received.filter(({ type }) => type === 'run').length, 1);
  });

  it('folds the lists of targets to their line where it is narrow', async () => {
    const { page } = await openForm(12);
    const seen = `${all}.find((each) => each.matches('.lists')).checkVisibility()`;
    assert.equal(await page.evaluate(seen), true);
    await page.setViewportSize({ width: 300, height: 800 });
    await until(`!${seen}`);
    await page.click('.unfold');
    await until(seen);
    assert.equal(
      await page.evaluate(`${all}.every((each) => each.getBoundingClientRect().right <= 300)`),
      true,
    );
  });

  it('leaves a node out in the preview, keeps it in sight, and takes it back', async () => {
    const { page } = await openForm(12);
    await page.click('button:has-text("Show all")');
    await page.click('.node:has-text("api01") input');
    await until(`${text}.includes('Runs on exactly this node')`);
    await until(`${value('selection')}.includes('!api01')`);
    await until(`${all}.find((each) => each.matches('.node')).matches('.out')`);
    await page.click('.node:has-text("api01") input');
    await until(`${text}.includes('Runs on exactly these 2 nodes')`);
  });

  it('adds all that a search has found, and fills in a saved selection as it is today', async () => {
    const { page } = await openForm(12);
    await page.click('input[type=search]');
    await page.keyboard.type('db0');
    await page.click('button:has-text("All found")');
    await until(`${text}.includes('Runs on exactly these 4 nodes')`);
    await page.click('.segments button:has-text("Saved")');
    await page.click('.saved:has-text("databases")');
    await until(`${value('selection')} === '@database, db01'`);
    await until(`${text}.includes('Runs on exactly these 2 nodes')`);
  });

  it('has its secrets back when it was hidden, from the host and from nowhere else', async () => {
    const { page } = await openPlaybook();
    await panel.send({ type: 'secrets', secrets: { token: 'typed before' } });
    await until(`${value('param:token')} === 'typed before'`);
    assert.ok(!JSON.stringify(await page.evaluate('acquireVsCodeApi().getState()')).includes('typed before'));
  });

  it('shows what files say as text, and draws only what is in view of a thousand', async () => {
    const { page, complaints } = await openForm(12);
    const files = Array.from({ length: 1000 }, (_, at) => {
      const text = `${hostile[at % hostile.length]} ${at}`;
      return { file: `/work/${at}`, path: text, name: text, description: text, problems: at % 2 };
    });
    await page.click('.segments button:has-text("Playbook")');
    await until(`${text}.includes('1 problem')`);
    await panel.send({ type: 'files', kind: 'playbook', list: { files, isCut: true } });
    await until(`${text}.includes('The first 1,000 files')`);
    assert.ok(Number(await page.evaluate(`${all}.filter((each) => each.matches('.file')).length`)) < 60);
    const name = String(hostile[0]);
    await panel.send({
      type: 'form',
      form: { kind: 'playbook', file: '/work/x', selection: '@api', params: { [name]: name } },
    });
    await panel.send({
      type: 'targets',
      targets: { nodes: [], groups: [], tags: [], saved: [{ name, expression: name }] },
    });
    await page.click('.segments button:has-text("Saved")');
    await until(`${all}.some((each) => each.matches('.saved'))`);
    assert.equal(
      await page.evaluate(
        `${all}.filter((each) => each.matches('img, script:not([nonce]), iframe, a')).length`,
      ),
      0,
    );
    assert.deepEqual(complaints, []);
  });

  it('moves a secret that was written as JSON into its field, and keeps it nowhere', async () => {
    const { page } = await openPlaybook();
    await page.click('.segments button:has-text("JSON")');
    await fill('params', '{ "version": "1.2.3", "token": "very secret" }');
    await until(`${value('param:token')} === 'very secret'`);
    await until(`!${value('params')}.includes('very secret')`);
    assert.ok(!JSON.stringify(await page.evaluate('acquireVsCodeApi().getState()')).includes('very secret'));
  });

  it('asks for a dry run on nodes, and says so on its button', async () => {
    const { page, received } = await openPlaybook();
    await page.click('#dryRun');
    const button = `${all}.find((each) => each.matches('.button.primary'))?.textContent`;
    await until(`${button}.includes('Dry run on')`);
    assert.equal(Object(received.findLast(({ type }) => type === 'check')?.['form']).dryRun, true);
  });

  it('lists the playbooks of the workspace, finds one by words and keys, and asks for what it wants', async () => {
    const { page, complaints } = await openForm(12);
    await page.click('.segments button:has-text("Playbook")');
    await until(`${text}.includes('1 problem')`);
    await page.click('#file');
    await page.keyboard.type('balanced');
    await until(`${text}.includes('Nothing here contains')`);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('node by');
    await until(`${all}.filter((each) => each.matches('.file')).length === 1`);
    await page.keyboard.press('ArrowDown');
    await until(`${all}.some((each) => each.shadowRoot?.activeElement?.matches('.file'))`);
    await page.keyboard.press('Enter');
    await until(`${text}.includes('Runs on @frontend & tag:prod unless targets are chosen.')`);
    const shown =
      await page.evaluate(`${all}.filter((each) => each.id.startsWith('param:') && !each.id.includes('-'))
      .map((each) => each.id.slice(6) + ' ' + each.type)`);
    assert.deepEqual(shown, [
      'version text',
      'color select-one',
      'workers text',
      'ratio text',
      'drain checkbox',
      'grace text',
      'cache text',
      'root text',
      'regions textarea',
      'labels textarea',
      'token password',
      'vault password',
    ]);
    assert.deepEqual(complaints, []);
  });

  it('runs a playbook on its own targets, with values as their types say and secrets beside them', async () => {
    const { page, received } = await openPlaybook();
    await fill('param:version', 'v1');
    await fill('param:workers', '16');
    await until(`${text}.includes('It has to match')`);
    await until(`${all}.some((each) => each.id === 'param:version' && each.ariaInvalid === 'true')`);
    await fill('param:version', '1.2.3');
    await fill('param:regions', '["eu"]');
    await page.click('[id="param:drain"]');
    await fill('param:token', 'secret of the registry');
    await until(`${text}.includes('vault: It has to be given.')`);
    await fill('param:vault', 'open');
    await until(`${all}.some((each) => each.matches('.primary:enabled'))`);
    await page.keyboard.press('Control+Enter');
    await until(`${text}.includes('Starting…')`);
    const run = received.findLast(({ type }) => type === 'run');
    const { selection, params } = Object(run?.['form']);
    assert.deepEqual(
      [selection, params],
      ['', { version: '1.2.3', workers: 16, regions: ['eu'], drain: false }],
    );
    assert.deepEqual(run?.['secrets'], { token: 'secret of the registry', vault: 'open' });
    const kept = JSON.stringify(await page.evaluate('acquireVsCodeApi().getState()'));
    assert.ok(kept.includes('1.2.3') && !kept.includes('secret of the registry'));
  });

  it('has parameters as JSON too: one value, kept in step, with problems where they are', async () => {
    const { page } = await openPlaybook();
    await fill('param:workers', '16');
    await page.click('.segments button:has-text("JSON")');
    await until(`${value('params')}?.includes('"workers": 16')`);
    await fill('params', '{\n  "version": "1.2.3",\n  "workers": 80\n}');
    await until(`${text}.includes('Line 3')`);
    await until(
      `${all}.filter((each) => each.matches('mark')).map((each) => each.textContent).join() === '"workers"'`,
    );
    await fill('params', '{ "version": "1.2.4" "workers": 8 }');
    await until(`${text}.includes('Parameters as JSON: A comma or } is missing here.')`);
    await until(`${all}.some((each) => each.matches('.primary:disabled'))`);
    await page.click('.segments button:has-text("Form")');
    await until(`${value('param:version')} === '1.2.3'`);
    await fill('param:version', '1.2.5');
    await page.click('.segments button:has-text("JSON")');
    await until(`${value('params')}?.includes('"1.2.5"')`);
  });

  it('says what is wrong with a file that has errors, and goes back to the list', async () => {
    const { page } = await openForm(12);
    await page.click('.segments button:has-text("Playbook")');
    await page.click('.file:has-text("rotate-users")');
    await until(`${text}.includes('nothing in it can run until they are mended')`);
    await page.click('button:has-text("Change…")');
    await until(`${all}.filter((each) => each.matches('.file')).length === 3`);
  });

  it('looks for files again when that failed', async () => {
    const { page, received } = await openForm(12);
    await page.click('.segments button:has-text("Script")');
    await until(`${text}.includes('tune.py')`);
    await panel.send({
      type: 'filesFailed',
      kind: 'script',
      message: 'The workspace could not be searched.',
    });
    await until(`${text}.includes('could not be searched')`);
    await page.click('button:has-text("Try Again")');
    await until(`${text}.includes('tune.py')`);
    assert.equal(received.findLast(({ type }) => type === 'files')?.['anew'], true);
  });

  async function openPlaybook(): Promise<PanelPage> {
    await openForm(12);
    const file = '/work/playbooks/deploy.playbook.yaml';
    await panel.send({ type: 'form', form: { selection: '', kind: 'playbook', file } });
    await until(`${all}.some((each) => each.id === 'param:version')`);
    return panel;
  }

  async function fill(id: string, typed: string): Promise<void> {
    await panel.page.click(`[id="${id}"]`);
    await panel.page.keyboard.press('Control+A');
    await panel.page.keyboard.type(typed);
    await panel.page.keyboard.press('Tab');
  }

  /** Asks at most 400 times, every tenth of a second: the page's policy forbids Playwright's own waiting. */
  async function until(condition: string): Promise<void> {
    for (let turn = 0; turn < 400; turn++) {
      if (await panel.page.evaluate(condition)) return;
      await panel.page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
    }
    assert.fail(`did not come true: ${condition}`);
  }
});

/** Every element, in shadow roots too. */
const all = `(function all(root) {
  return [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
})(document)`;
const text = `${all}.filter((each) => each.children.length === 0 || each.matches('button, .reason, .target, .strong, .muted, .problem, .hint'))
  .map((each) => each.textContent.replace(/\\s+/g, ' ')).join('\\n')`;

function value(id: string): string {
  return `${all}.find((each) => each.id === '${id}')?.value`;
}
