// What the page says when there is nothing to show, and when something is wrong.

import assert from 'node:assert/strict';
import { rebuild, serve } from './daemon.js';
import {
  ask, box, eventually, hits, pageTest, resources,
  search, serveNothing, shows, theIndex, world,
} from './support.js';

world();

// ---- nothing to show

pageTest('When nothing is found the page says so and what to try', {}, async (page) => {
  await page.goto('/');
  await box(page).fill('zzqxjvwkq');
  await page.getByText('Nothing found for “zzqxjvwkq”').waitFor();
  await page.getByText('You could try').waitFor();
  assert.equal(await page.locator('#count').textContent(), 'No results');
});

// ---- trouble

pageTest('When the answer is an error the page says what happened, and “Try again” brings the results', { says: resources }, async (page) => {
  let broken = true;
  const problem = { title: 'The disk is gone', hint: 'Plug it in again.', status: 500, code: 'io', request_id: 'abc123' };
  await page.route('**/api/v1/search?*', (route) => (broken
    ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    : route.continue()));
  await page.goto('/?q=water');
  const alert = page.getByRole('alert');
  for (const words of ['Something went wrong on the server', problem.hint, problem.request_id]) await alert.getByText(words).waitFor();
  broken = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await shows(page, await search({ q: 'water' }));
  assert.equal(await alert.textContent(), '');
});

pageTest('When the server is stopped the page says that it does not answer, and keeps the words', { says: resources, start: () => serve(theIndex()) }, async (page, { server }) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  await server.stop();
  await box(page).fill('高铁');
  const alert = page.getByRole('alert');
  await alert.getByText('The search server does not answer').waitFor();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await alert.getByRole('button', { name: 'Try again' }).waitFor();
  assert.equal(await box(page).inputValue(), '高铁');
});

pageTest('Offline the page says so, and goes on when the connection is back', { says: /./ }, async (page) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  await page.context().setOffline(true);
  await box(page).fill('高铁');
  await page.getByRole('alert').getByText('You are offline').waitFor();
  await page.context().setOffline(false);
  await shows(page, await search({ q: '高铁' }));
});

pageTest('An index that has grown old, or is not the newest, is mentioned with what to do', {}, async (page) => {
  const { documents } = await ask('/readyz');
  let status = { documents, built_at: new Date(Date.now() - 20 * 86400000).toISOString(), age_seconds: 20 * 86400, last_error: null };
  await page.route('**/readyz', (route) => route.fulfill({ json: status }));
  await page.goto('/?q=water');
  await page.getByText(/it was built 20 days ago.*izde-indexer update/).waitFor();
  status = { ...status, age_seconds: 86400, last_error: 'the newest is corrupt' };
  await page.goto('/?q=steppe');
  await page.getByText('A newer index cannot be opened').waitFor();
  assert.equal(await page.getByText('The index is old').count(), 0);
  status = { ...status, last_error: null };
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  assert.equal(await page.locator('#stale').textContent(), '');
});

pageTest('Without an index the page says how to build one, and notices when it is there', { says: resources, start: serveNothing }, async (page, { server }) => {
  await page.goto('/?q=water');
  await page.getByRole('alert').getByText('There is no index yet').waitFor();
  await page.getByRole('alert').getByText('izde-indexer rebuild').waitFor();
  await rebuild(server.index);
  await eventually(async () => assert.ok((await hits(page).count()) > 0), 20000);
});
