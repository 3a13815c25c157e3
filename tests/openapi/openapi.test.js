// The description that izde-searchd gives of itself, read by a validator of OpenAPI.
// Whether it is also true, tests/http/live.py asks.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Validator } from '@seriousme/openapi-schema-validator';

let folder;
let daemon;
let address;

before(async () => {
  if (!process.env.IZDE_BIN) throw new Error('IZDE_BIN must name the folder of izde-searchd');
  folder = await mkdtemp(path.join(tmpdir(), 'izde-openapi-'));
  const program = path.resolve(process.env.IZDE_BIN, 'izde-searchd');
  daemon = spawn(program, ['--index', folder, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  address = await new Promise((resolve, reject) => {
    let said = '';
    daemon.on('error', reject);
    daemon.on('close', () => reject(new Error(`izde-searchd ended: ${said}`)));
    daemon.stdout.setEncoding('utf8');
    daemon.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/\S+\/\n/);
      if (found) resolve(found[0].trim());
    });
  });
});

after(async () => {
  daemon?.removeAllListeners('close');
  daemon?.kill();
  await rm(folder, { recursive: true, force: true });
});

const described = async () => (await fetch(new URL('openapi.json', address))).json();

test('a validator accepts the description', async () => {
  const description = await described();
  const result = await new Validator().validate(description);

  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.equal(description.openapi, '3.1.0');
});

test('the validator refuses a description with a fault', async () => {
  const description = await described();
  description.paths['/api/v1/search'].get.parameters[0].in = 'nowhere';

  assert.equal((await new Validator().validate(description)).valid, false);
});

test('every operation has an id of its own', async () => {
  const { paths } = await described();
  const ids = Object.values(paths).flatMap((item) => Object.values(item).map((operation) => operation.operationId));

  assert.ok(ids.length > 20);
  assert.equal(new Set(ids).size, ids.length);
});
