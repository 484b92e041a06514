// The program under test: a demo desk of its own for each worker, with its data in a temporary folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const BINARY = process.env['PORTDESK_BINARY'] ?? path.resolve(import.meta.dirname, '../../../target/debug/portdesk');
const START_LIMIT = 180_000;
const STOP_LIMIT = 10_000;
const LOG_LINES = 400;

export class Desk {
  private constructor(
    readonly url: string,
    readonly dataFolder: string,
    private readonly child: ChildProcess,
    private readonly lines: string[],
  ) {}

  /** Starts `portdesk demo --fresh` on a free port and returns once it listens. */
  static async open(): Promise<Desk> {
    if (!existsSync(BINARY)) {
      throw new Error(`${BINARY} is not there: run tests/run browser, or cargo build`);
    }
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'portdesk-walk-'));
    const child = spawn(BINARY, ['demo', '--fresh'], {
      env: { ...withoutSettings(process.env), PORTDESK_LISTEN: '127.0.0.1:0', PORTDESK_DATA_DIR: dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    try {
      const url = await listening(child, lines);
      return new Desk(url, dataFolder, child, lines);
    } catch (error) {
      await end(child);
      await rm(dataFolder, { recursive: true, force: true });
      throw error;
    }
  }

  /** What the server has said, newest last. */
  log(): string {
    return this.lines.join('\n');
  }

  async close(): Promise<void> {
    await end(this.child);
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}

// A setting of the person who runs the tests must not reach the desk under test.
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PORTDESK_') && name !== 'DATABASE_URL'));
}

// Both streams are read to the end, so that a full pipe never stops the server.
function listening(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}; it said:\n${lines.join('\n')}`));
    const limit = setTimeout(() => fail(`the desk did not listen within ${START_LIMIT / 1000} s`), START_LIMIT);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`the desk ended at once (${code ?? signal})`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream! }).on('line', (line) => {
        lines.push(line);
        if (LOG_LINES < lines.length) lines.shift();
        const url = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
        if (url) {
          clearTimeout(limit);
          resolve(url);
        }
      });
    }
  });
}

// Ends our own child by its id: asked first, then made to.
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
  await gone;
  clearTimeout(limit);
}
