// The page in a real browser, against the real daemon over the sample documents.
// Each test also fails on any console error, policy violation, or request to another host.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rebuild, remove, serve, temporaryFolder, web } from './daemon.js';

let index;
let daemon;
let browser;

before(async () => {
  index = await temporaryFolder();
  await rebuild(index);
  daemon = await serve(index);
  browser = await chromium.launch({
    executablePath: process.env.IZDE_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
});

after(async () => {
  await browser?.close();
  await daemon?.stop();
  if (index) await remove(index);
});

// ---- helpers

// `says`: what the browser is expected to say on its console, as the answers to failed requests.
// `start`: starts a daemon for this test alone.
function pageTest(name, { says, start, ...options }, body) {
  test(name, { timeout: 120000 }, async () => {
    const server = start ? await start() : daemon;
    const { url } = server;
    const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options });
    context.setDefaultTimeout(10000);
    const complaints = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`)) complaints.push(`request to ${request.url()}`);
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(`exception: ${error.stack}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !says?.test(message.text())) complaints.push(message.text());
    });
    try {
      await body(page, { complaints, server });
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      if (start) await server.stop();
    }
  });
}

async function serveNothing() {
  const empty = await temporaryFolder();
  const server = await serve(empty);
  return { ...server, index: empty, stop: () => server.stop().then(() => remove(empty)) };
}

async function eventually(check, patience = 10000) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function ask(route) {
  const response = await fetch(daemon.url + route);
  assert.equal(response.status, 200, `${route} answers ${response.status}`);
  return response.json();
}

const search = (parameters) => ask(`/api/v1/search?${new URLSearchParams(parameters)}`);

// A query whose results fill more than one page.
async function wideQuery() {
  for (const q of ['water OR steppe OR степной OR Алматы OR 晚报', 'the OR и OR және OR 晚报']) {
    if ((await search({ q })).pages > 1) return q;
  }
  return assert.fail('the samples hold no query with more than one page of results');
}

const box = (page) => page.getByRole('searchbox');
const hits = (page) => page.locator('#hits > li');
const titles = async (page) => (await hits(page).locator('h2').allTextContents()).map((text) => text.trim());
const titlesOf = (answer) => answer.hits.map((hit) => hit.title.text.trim());
const parameters = (page) => new URL(page.url()).searchParams;
const isFocused = (locator) => locator.evaluate((node) => node === document.activeElement);
const focused = (locator) => eventually(async () => assert.ok(await isFocused(locator), 'has the focus'));

async function shows(page, answer) {
  await eventually(async () => assert.deepEqual(await titles(page), titlesOf(answer)));
}

async function fitsItsWidth(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${content} px of content in a window of ${window} px`);
}

// Lets the daemon answer, then changes what the page gets to see of it.
async function rewriteAnswers(page, change) {
  await page.route('**/api/v1/search?*', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    change(answer);
    await route.fulfill({ response, json: answer });
  });
}

const resources = /^Failed to load resource/;

// ---- what it is made of

test('The page weighs less than 20 KB compressed', async () => {
  let bytes = 0;
  for (const name of await readdir(web)) {
    if (/\.(html|css|js)$/.test(name)) bytes += gzipSync(await readFile(path.join(web, name))).length;
  }
  assert.ok(bytes < 20 * 1024, `${bytes} bytes`);
});

test('The page is served with a policy that allows its own files only', async () => {
  const response = await fetch(`${daemon.url}/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'",
    "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
  ]) {
    assert.ok(policy.split(/;\s*/).includes(rule), `“${rule}” in “${policy}”`);
  }
});

// ---- searching

pageTest('The start page tells how many documents there are and how old the index is', {}, async (page) => {
  const { documents } = await ask('/api/v1/stats');
  await page.goto('/');
  await page.getByText(`${documents.toLocaleString('en-GB')} document`).waitFor();
  await page.getByText(/index built (now|.* ago|yesterday)/).waitFor();
  await focused(box(page));
});

pageTest('Typing shows results with the words marked', {}, async (page) => {
  await page.goto('/');
  for (const [words, mark] of [['water', /water/i], ['Урумчи', /урумчи/i], ['高铁', /高铁/]]) {
    await box(page).fill('');
    await box(page).pressSequentially(words);
    await hits(page).locator('mark').filter({ hasText: mark }).first().waitFor();
    assert.match(await page.locator('#count').textContent(), /^(About )?[\d,]+ results? in .*ms$/);
    await shows(page, await search({ q: words }));
    assert.equal(parameters(page).get('q'), words);
  }
});

pageTest('Enter searches at once, and Back leads to where the search began', {}, async (page) => {
  await page.goto('/');
  await box(page).fill('water');
  await box(page).press('Enter');
  await hits(page).first().waitFor();
  assert.equal(parameters(page).get('q'), 'water');
  assert.match(await page.title(), /water/);
  await page.goBack();
  await page.waitForURL('**/');
  await eventually(async () => assert.equal(await box(page).inputValue(), ''));
  await eventually(async () => assert.equal(await hits(page).count(), 0));
});

pageTest('Titles and snippets carry the language of their document', {}, async (page) => {
  const answer = await search({ q: '高铁' });
  await page.goto('/?q=高铁');
  await shows(page, answer);
  for (const [i, { lang, snippet }] of answer.hits.entries()) {
    assert.equal(await hits(page).nth(i).locator('h2').getAttribute('lang'), lang);
    if (snippet.parts.length) assert.equal(await hits(page).nth(i).locator('.snippet').getAttribute('lang'), lang);
  }
});

pageTest('A late answer never replaces a newer one', {}, async (page) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/\/api\/v1\/search\?q=water$/, async (route) => {
    await held;
    await route.continue().catch(() => {}); // the page has given it up by now
  });
  await page.goto('/');
  const first = page.waitForRequest(/q=water$/);
  await box(page).fill('water');
  await first;
  await box(page).fill('高铁');
  const answer = await search({ q: '高铁' });
  await shows(page, answer);
  release();
  await page.evaluate(() => fetch('/api/v1/stats')); // a full round trip later …
  assert.deepEqual(await titles(page), titlesOf(answer));
});

// ---- links

pageTest('Hits are links where the document has a web address, and plain headings where it has none', {}, async (page) => {
  const answer = await search({ sort: 'newest' });
  await page.goto('/?sort=newest');
  await shows(page, answer);
  for (const [i, { url }] of answer.hits.entries()) {
    const link = hits(page).nth(i).locator('h2 a');
    assert.equal(await link.count(), /^https?:/.test(url ?? '') ? 1 : 0, `link for ${url}`);
  }
});

pageTest('A click on a hit opens its web address in a new tab that knows nothing of this one', {}, async (page, { complaints }) => {
  const elsewhere = 'https://example.org/article';
  await page.context().route(`${elsewhere}*`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>There</title>' }));
  await rewriteAnswers(page, ({ hits: [first, ...rest] }) => {
    first.url = elsewhere;
    for (const hit of rest) hit.url = 'javascript:window.__x=1';
  });
  await page.goto('/?q=water');
  const link = hits(page).first().locator('h2 a');
  assert.equal(await link.getAttribute('href'), elsewhere);
  assert.deepEqual((await link.getAttribute('rel')).split(' ').sort(), ['noopener', 'noreferrer']);
  const opened = page.context().waitForEvent('page');
  await link.click();
  const tab = await opened;
  await tab.waitForURL(elsewhere);
  assert.equal(await tab.evaluate(() => window.opener), null);
  assert.equal(await tab.evaluate(() => document.referrer), '');
  assert.equal(await hits(page).locator('h2 a').count(), 1, 'no other scheme becomes a link');
  complaints.splice(0, Infinity, ...complaints.filter((text) => text !== `request to ${elsewhere}`));
});

// ---- the address

pageTest('Paging leads to page 2, the address says so, and Back returns to page 1 where it was scrolled', {}, async (page) => {
  const q = await wideQuery();
  const [one, two] = [await search({ q }), await search({ q, page: 2 })];
  await page.goto('/');
  await box(page).fill(q);
  await box(page).press('Enter');
  await shows(page, one);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Next' }).scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  await pages.getByRole('link', { name: 'Next' }).click();
  await shows(page, two);
  assert.equal(parameters(page).get('page'), '2');
  assert.equal(parameters(page).get('q'), q);
  assert.equal(await pages.locator('[aria-current=page]').textContent(), '2');
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await shows(page, one);
  assert.equal(parameters(page).get('page'), null);
  assert.equal(await box(page).inputValue(), q);
  await eventually(async () => assert.equal(await page.evaluate(() => scrollY), scrolled));
  await page.goForward();
  await shows(page, two);
});

pageTest('A shared address shows the same search, order, filter and page again', {}, async (page) => {
  const q = await wideQuery();
  const lang = (await search({ q })).hits[0].lang;
  await page.goto(`/?${new URLSearchParams({ q, lang, sort: 'newest' })}`);
  await shows(page, await search({ q, lang, sort: 'newest' }));
  assert.equal(await box(page).inputValue(), q);
  assert.equal(await page.getByLabel('Order').inputValue(), 'newest');
  assert.deepEqual(await page.locator('#langs input:checked').evaluateAll((all) => all.map(({ value }) => value)), [lang]);
  await page.goto(`/?${new URLSearchParams({ q, page: 2 })}`);
  await shows(page, await search({ q, page: 2 }));
});

pageTest('Choosing an order changes the results and the address', {}, async (page) => {
  const q = await wideQuery();
  await page.goto(`/?${new URLSearchParams({ q })}`);
  await hits(page).first().waitFor();
  for (const sort of ['oldest', 'newest']) {
    await page.getByLabel('Order').selectOption(sort);
    await shows(page, await search({ q, sort }));
    assert.equal(parameters(page).get('sort'), sort);
  }
});

pageTest('A language filter leaves only documents in that language', {}, async (page) => {
  const q = 'steppe OR Урумчи OR 高铁';
  await page.goto(`/?${new URLSearchParams({ q })}`);
  await page.getByRole('checkbox', { name: 'Russian' }).click();
  await page.waitForURL(/lang=ru/);
  const answer = await search({ q, lang: 'ru' });
  await shows(page, answer);
  assert.ok(answer.total > 0);
  const langs = await hits(page).locator('h2').evaluateAll((all) => all.map(({ lang }) => lang));
  assert.deepEqual([...new Set(langs)], ['ru']);
  await focused(page.getByRole('checkbox', { name: 'Russian' }));
  await page.getByRole('checkbox', { name: 'Russian' }).click();
  await shows(page, await search({ q }));
  assert.equal(parameters(page).get('lang'), null);
});

// ---- near-duplicates

pageTest('“and 2 similar” lists the near-duplicates of a hit under it, and puts them away again', {}, async (page) => {
  const evil = '<img src=x onerror=window.__x=1>';
  const [one] = (await search({ q: 'water' })).hits;
  const alike = [
    { ...one, url: 'https://example.org/a', title: { text: 'A reprint' }, date: { value: '2022-01-25', precision: 'day' } },
    { ...one, url: null, title: { text: evil }, date: { value: null }, source: evil, path: evil },
  ];
  await rewriteAnswers(page, (answer) => { answer.hits.forEach((hit, i) => { hit.similar = i ? 0 : 2; }); });
  await page.route(`**/api/v1/documents/${one.id}/similar`, (route) => route.fulfill({ json: { total: 5, hits: alike } }));
  await page.goto('/?q=water');
  const button = hits(page).first().getByRole('button', { name: 'and 2 similar' });
  await button.click();
  const list = hits(page).first().locator('ul.similar');
  assert.equal(await list.getByRole('link', { name: 'A reprint' }).getAttribute('href'), 'https://example.org/a');
  await list.getByText('25 Jan 2022').waitFor();
  await list.getByText(evil).first().waitFor();
  await list.getByText('and 3 more').waitFor();
  assert.equal(await list.locator('li').count(), 3);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => window.__x), undefined);
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  await button.click();
  await eventually(async () => assert.equal(await list.count(), 0));
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  assert.equal(await page.getByRole('button', { name: /similar/ }).count(), 1);
});

pageTest('When the near-duplicates cannot be had, the page says so under the hit', { says: resources }, async (page) => {
  await rewriteAnswers(page, (answer) => { answer.hits[0].similar = 1; });
  await page.route('**/similar', (route) => route.fulfill({ status: 500, json: { title: 'Error', detail: 'The disk is gone' } }));
  await page.goto('/?q=water');
  await hits(page).first().getByRole('button', { name: 'and 1 similar' }).click();
  await hits(page).first().getByText('The disk is gone').waitFor();
});

// ---- the keyboard

pageTest('Slash goes to the box, arrows walk through the hits, Escape clears', {}, async (page) => {
  await page.goto('/?q=water');
  await hits(page).nth(1).waitFor();
  await page.keyboard.press('/');
  await focused(box(page));
  assert.equal(await box(page).inputValue(), 'water');
  await page.keyboard.press('ArrowDown');
  await focused(hits(page).nth(0).locator('.stop'));
  await page.keyboard.press('ArrowDown');
  await focused(hits(page).nth(1).locator('.stop'));
  await page.keyboard.press('k');
  await focused(hits(page).nth(0).locator('.stop'));
  await page.keyboard.press('j');
  await focused(hits(page).nth(1).locator('.stop'));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await focused(box(page));
  await page.keyboard.press('Escape');
  assert.equal(await box(page).inputValue(), '');
  await eventually(async () => assert.equal(await hits(page).count(), 0));
  assert.equal(new URL(page.url()).search, '');
});

// ---- nothing to show

pageTest('When nothing is found the page says so and what to try', {}, async (page) => {
  await page.goto('/');
  await box(page).fill('zzqxjvwkq');
  await page.getByText('Nothing found for “zzqxjvwkq”.').waitFor();
  await page.getByText('You could try:').waitFor();
  assert.equal(await page.locator('#count').textContent(), 'No results');
});

pageTest('A query that looks like HTML is shown as text and runs nothing', {}, async (page) => {
  const evil = '<img src=x onerror=window.__x=1>';
  await page.goto('/');
  await box(page).fill(evil);
  await box(page).press('Enter');
  await eventually(async () => assert.equal(await page.title(), `${evil} – izde`));
  await eventually(async () => assert.notEqual(await page.locator('#count').textContent(), ''));
  assert.equal(await box(page).inputValue(), evil);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => window.__x), undefined);
});

pageTest('Documents and answers that look like HTML are shown as text and run nothing', {}, async (page) => {
  const evil = '<img src=x onerror=window.__x=1>';
  await rewriteAnswers(page, (answer) => {
    answer.query = { ...answer.query, warnings: [`warning ${evil}`], suggestion: `suggestion ${evil}`, expansions: [{ term: 'x', also: [`also ${evil}`] }] };
    for (const hit of answer.hits) {
      const parts = [{ t: `before ${evil} ` }, { t: evil, m: true }];
      Object.assign(hit, { title: { text: evil, parts }, snippet: { html: evil, parts }, lang: evil, path: evil, source: evil, author: evil, place: evil, record: evil });
      hit.date = { value: evil, precision: 'day' };
    }
  });
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  for (const prefix of ['warning ', 'suggestion ', 'also ', 'before ']) {
    await page.getByText(prefix + evil).first().waitFor();
  }
  assert.equal(await hits(page).first().locator('h2 mark').textContent(), evil);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => window.__x), undefined);
});

// ---- narrow, dark, still

for (const colorScheme of ['light', 'dark']) {
  pageTest(`In a ${colorScheme} window of 320 px nothing needs scrolling sideways`, { colorScheme, viewport: { width: 320, height: 640 } }, async (page) => {
    await page.goto('/');
    await page.getByText(/document/).first().waitFor();
    await fitsItsWidth(page);
    for (const q of [await wideQuery(), 'Урумчи', '高铁']) {
      await page.goto(`/?${new URLSearchParams({ q })}`);
      await hits(page).first().waitFor();
      await fitsItsWidth(page);
    }
    await page.goto(`/?q=${'zzqxjvwkq'.repeat(12)}`);
    await page.getByText('Nothing found').waitFor();
    await fitsItsWidth(page);
  });
}

// ---- trouble

pageTest('When the answer is an error the page says what happened, and Retry brings the results', { says: resources }, async (page) => {
  let broken = true;
  const problem = { title: 'The disk is gone', hint: 'Plug it in again.', status: 500, code: 'io', request_id: 'abc123' };
  await page.route('**/api/v1/search?*', (route) => (broken
    ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    : route.continue()));
  await page.goto('/?q=water');
  const alert = page.getByRole('alert');
  for (const words of [problem.title, problem.hint, problem.request_id]) await alert.getByText(words).waitFor();
  broken = false;
  await alert.getByRole('button', { name: 'Retry' }).click();
  await shows(page, await search({ q: 'water' }));
  assert.equal(await alert.textContent(), '');
});

pageTest('When the server is stopped the page says that it does not answer, and keeps the words', { says: resources, start: () => serve(index) }, async (page, { server }) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  await server.stop();
  await box(page).fill('高铁');
  const alert = page.getByRole('alert');
  await alert.getByText('The search server does not answer').waitFor();
  await alert.getByRole('button', { name: 'Retry' }).click();
  await alert.getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(await box(page).inputValue(), '高铁');
});

pageTest('Without an index the page says how to build one, and notices when it is there', { says: resources, start: serveNothing }, async (page, { server }) => {
  await page.goto('/?q=water');
  await page.getByRole('alert').getByText('No index yet').waitFor();
  await page.getByRole('alert').getByText('izde-indexer rebuild').waitFor();
  await rebuild(server.index);
  await eventually(async () => assert.ok((await hits(page).count()) > 0), 20000);
});
