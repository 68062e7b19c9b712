import Mocha from 'mocha';

/** VS Code calls this inside the extension host, once the workspace is open. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, reporter: 'spec', color: false, forbidOnly: true });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  await import('./activation.ts');
  await import('./inventory.ts');
  await import('./language.ts');
  await import('./batches.ts');
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
