const programs = {
  engine: () => import('./main.ts'),
  parse: () => import('./sources/parseProcess.ts'),
  demo: () => import('./demo/main.ts'),
};

/** Starts a program of the engine. They are bundled as one file, since most of what each is made of is the same. */
export function start(program: keyof typeof programs): void {
  void programs[program]();
}
