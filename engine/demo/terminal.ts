import { Transform } from 'node:stream';

/** What a key sequence of a person means to a shell that has no terminal of its own. */
type Keys = {
  /** What the shell reads: whole lines. */
  line(text: string): void;
  /** What the person sees of the typing. */
  echo(text: string): void;
  interrupt(): void;
  end(): void;
};

/**
 * The part of a terminal that a shell on pipes lacks (termios(3), canonical mode): lines are echoed and can be rubbed
 * out, Return ends them, Ctrl-C interrupts, Ctrl-D on an empty line ends the input.
 */
export function lineKeys({ line, echo, interrupt, end }: Keys): (input: string) => void {
  let typed = '';
  return (input) => {
    for (const key of input) {
      if (key === '\r' || key === '\n') {
        echo('\r\n');
        line(`${typed}\n`);
        typed = '';
      } else if (key === '\u007f' || key === '\b') {
        if (typed !== '') echo('\b \b');
        typed = typed.replace(/.$/su, '');
      } else if (key === '\u0003') {
        echo('^C\r\n');
        typed = '';
        interrupt();
      } else if (key === '\u0004') {
        if (typed === '') end();
      } else if (key >= ' ' || key === '\t') {
        echo(key);
        typed += key;
      }
    }
  };
}

/** Output for a terminal: a line feed alone does not go back to the first column. */
export function withReturns(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(chunk.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1'));
    },
  });
}
