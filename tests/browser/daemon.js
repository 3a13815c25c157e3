// Runs the real programs: izde-indexer to make an index, izde-searchd to serve it and the page.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const web = path.join(root, 'web');
const samples = path.join(root, 'samples');

function program(name) {
  if (!process.env.IZDE_BIN) throw new Error('IZDE_BIN must name the folder of izde-indexer and izde-searchd');
  return path.resolve(process.env.IZDE_BIN, name);
}

export const temporaryFolder = () => mkdtemp(path.join(tmpdir(), 'izde-browser-'));
export const remove = (folder) => rm(folder, { recursive: true, force: true });

function collect(child) {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      output.text += chunk;
      child.emit('output');
    });
  }
  return output;
}

export function rebuild(index, sources = [samples]) {
  return new Promise((resolve, reject) => {
    const child = spawn(program('izde-indexer'), ['rebuild', '--quiet', '--index', index, ...sources], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = collect(child);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve(); // 1: published, though some documents were skipped
      else reject(new Error(`izde-indexer rebuild ended with ${code}:\n${output.text}`));
    });
  });
}

// Listens on a port that the system chooses and the daemon reports.
export function serve(index) {
  const child = spawn(program('izde-searchd'), ['--index', index, '--listen', '127.0.0.1:0', '--web', web], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      clearTimeout(patience);
      child.kill('SIGKILL');
      reject(new Error(`izde-searchd ${why}:\n${output.text}`));
    };
    const patience = setTimeout(fail, 20000, 'did not say within 20 s where it listens');
    child.on('error', reject);
    child.on('close', (code) => fail(`ended with ${code}`));
    child.on('output', () => {
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(output.text);
      if (!address) return;
      clearTimeout(patience);
      resolve({ url: address[0].slice(0, -1), stop });
    });
  });
}
