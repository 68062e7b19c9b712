import { format } from 'node:util';
import { launchChromium } from './chromium.ts';
import type { Workbench } from './workbench.ts';

export type InHostRun = {
  /** Folder to open. */
  readonly folder: string;
  /** Folder of the extension under test, unpacked. */
  readonly extension: string;
  /** Compiled module that exports `run(): Promise<void>`. */
  readonly tests: string;
  readonly timeoutMs: number;
};

/** Lines that the workbench prints about itself. */
const notOurs =
  /^\[(?:AccountPolicyGate|AgentHost|reconnection-grace-time|Service Worker)|native-watchdog|ENOTFOUND|ChatModelSelection|^%c|^Updating additional builtin|^(?:Resolv\w+|Creating a) (?:connection token|socket)/;

/**
 * Runs a test module inside the extension host of a workbench that was started with its test driver on.
 * Gives the exit code that VS Code reports; rejects when none comes in time.
 */
export async function runInHost(workbench: Workbench, run: InHostRun): Promise<number> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const text = format(...args);
      if (!notOurs.test(text)) console.log(text);
    });
    const exit = new Promise<number>((resolve, reject) => {
      setTimeout(
        () => reject(new Error(`No end of the tests in ${run.timeoutMs} ms.`)),
        run.timeoutMs,
      ).unref();
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(testAddress(workbench, run));
    return await exit;
  } finally {
    await browser.close();
  }
}

/** The workbench takes what desktop VS Code takes as flags from a `payload` of key and value pairs. */
function testAddress(workbench: Workbench, run: InHostRun): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${workbench.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(run.extension)],
    ['extensionTestsPath', remote(run.tests)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: run.folder, payload: JSON.stringify(payload) });
  return `${workbench.address}?${query.toString()}`;
}
