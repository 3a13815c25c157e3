// The page that searches, in a real browser, against the real daemon over the sample documents.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { web } from './daemon.js';
import {
  ask, box, eventually, fitsItsWidth, focused, hits, open, pageTest, parameters, resources,
  rewriteAnswers, search, shows, titles, titlesOf, url, wideQuery, world,
} from './support.js';

world();

// ---- what it is made of

test('The page weighs less than 30 KB compressed, in whichever language it is read', async () => {
  let bytes = 0;
  let words = 0;
  for (const name of await readdir(web)) {
    const size = gzipSync(await readFile(path.join(web, name))).length;
    if (/\.(html|css|js)$/.test(name)) bytes += size;
    if (/\.json$/.test(name)) words = Math.max(words, size); // only one language is loaded
  }
  assert.ok(words > 0);
  assert.ok(bytes + words < 30 * 1024, `${bytes} and ${words} bytes`);
});

test('Nothing on the page makes HTML out of text', async () => {
  for (const name of await readdir(web)) {
    if (!/\.(html|js)$/.test(name)) continue;
    const text = await readFile(path.join(web, name), 'utf8');
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|style=|\son\w+=/, name);
  }
});

test('The page is served with a policy that allows its own files only', async () => {
  const response = await fetch(`${url()}/`);
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
  await page.getByText(/indexed (now|.* ago|yesterday)/).waitFor();
  await focused(box(page));
});

pageTest('Typing shows results with the words marked', {}, async (page) => {
  await page.goto('/');
  for (const [words, mark] of [['water', /water/i], ['Урумчи', /урумчи/i], ['高铁', /高铁/]]) {
    await box(page).fill('');
    await box(page).pressSequentially(words);
    await hits(page).locator('mark').filter({ hasText: mark }).first().waitFor();
    assert.match(await page.locator('#count').textContent(), /^(about )?[\d,]+ results? · .*ms$/);
    await shows(page, await search({ q: words }));
    assert.equal(parameters(page).get('q'), words);
  }
});

pageTest('Enter searches at once, and Back leads to where the search began', {}, async (page) => {
  await open(page);
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
  await page.route(/\/api\/v1\/search\?q=water&/, async (route) => {
    await held;
    await route.continue().catch(() => {}); // the page has given it up by now
  });
  await page.goto('/');
  const first = page.waitForRequest(/search\?q=water&/);
  await box(page).fill('water');
  await first;
  await box(page).fill('高铁');
  const answer = await search({ q: '高铁' });
  await shows(page, answer);
  release();
  await page.evaluate(() => fetch('/readyz')); // a full round trip later …
  assert.deepEqual(await titles(page), titlesOf(answer));
});

// ---- links

pageTest('A hit leads to its document, and beside it to its web address where it has one', {}, async (page) => {
  const answer = await search({ sort: 'newest' });
  await page.goto('/?sort=newest');
  await shows(page, answer);
  for (const [i, { id, url: address }] of answer.hits.entries()) {
    assert.equal(await hits(page).nth(i).locator('h2 a').getAttribute('href'), `/doc/${id}`);
    assert.equal(await hits(page).nth(i).locator('a.out').count(), /^https?:/.test(address ?? '') ? 1 : 0, `link for ${address}`);
  }
});

pageTest('A click on a web address opens it in a new tab that knows nothing of this one', {}, async (page, { complaints }) => {
  const elsewhere = 'https://example.org/article';
  await page.context().route(`${elsewhere}*`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>There</title>' }));
  await rewriteAnswers(page, ({ hits: [first, ...rest] }) => {
    if (first) first.url = elsewhere;
    for (const hit of rest) hit.url = 'javascript:window.__x=1';
  });
  await page.goto('/?q=water');
  const link = hits(page).first().locator('a.out');
  assert.equal(await link.getAttribute('href'), elsewhere);
  assert.deepEqual((await link.getAttribute('rel')).split(' ').sort(), ['noopener', 'noreferrer']);
  const opened = page.context().waitForEvent('page');
  await link.click();
  const tab = await opened;
  await tab.waitForURL(elsewhere);
  assert.equal(await tab.evaluate(() => window.opener), null);
  assert.equal(await tab.evaluate(() => document.referrer), '');
  assert.equal(await hits(page).locator('a.out').count(), 1, 'no other scheme becomes a link');
  complaints.splice(0, Infinity, ...complaints.filter((text) => text !== `request to ${elsewhere}`));
});

// ---- the address

pageTest('Paging leads to page 2, the address says so, and Back returns to page 1 where it was scrolled', {}, async (page) => {
  const q = await wideQuery();
  const [one, two] = [await search({ q }), await search({ q, page: 2 })];
  await open(page);
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
  assert.equal(await page.locator('#rail a[data-facet=lang][aria-current]').count(), 1);
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

// ---- to take away

pageTest('The search can be taken away as a feed and as a table, and put into the browser', {}, async (page) => {
  await page.goto('/?q=water&lang=en&page=1');
  await hits(page).first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Atom feed' }).getAttribute('href'), '/feed.atom?q=water&lang=en');
  assert.equal(await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href'), '/export.csv?q=water&lang=en');
  assert.equal(await page.locator('link[rel=alternate]').getAttribute('href'), '/feed.atom?q=water&lang=en');
  assert.equal(await page.locator('link[rel=search]').getAttribute('href'), '/opensearch.xml');
});

// ---- completions

const list = (page) => page.getByRole('listbox', { name: 'Completions' });

pageTest('Completions follow what is typed; arrows choose, Enter takes, Escape puts them away', {}, async (page) => {
  const { suggestions } = await ask('/api/v1/suggest?q=glac&limit=7');
  assert.ok(suggestions.some(({ kind }) => kind === 'words'));
  await page.goto('/');
  await box(page).pressSequentially('glac');
  await eventually(async () => assert.deepEqual(await list(page).getByRole('option').allTextContents(), suggestions.map(({ text }) => text)));
  assert.equal(await box(page).getAttribute('aria-expanded'), 'true');
  await box(page).press('ArrowDown');
  const chosen = list(page).getByRole('option', { selected: true });
  assert.equal(await chosen.textContent(), suggestions[0].text);
  assert.equal(await box(page).getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  await focused(box(page));
  await box(page).press('Enter');
  await shows(page, await search({ q: suggestions[0].text }));
  assert.equal(await box(page).inputValue(), suggestions[0].text);
  assert.equal(await list(page).count(), 0);
  await box(page).fill('glac');
  await list(page).getByRole('option').first().waitFor();
  await box(page).press('Escape');
  assert.equal(await list(page).count(), 0);
  assert.equal(await box(page).inputValue(), 'glac');
  await box(page).press('Escape');
  assert.equal(await box(page).inputValue(), '');
});

pageTest('A completion that is a title opens its document', {}, async (page) => {
  const { suggestions } = await ask('/api/v1/suggest?q=glac&limit=7');
  const title = suggestions.find(({ kind }) => kind === 'title');
  await page.goto('/');
  await box(page).pressSequentially('glac');
  await list(page).getByRole('option', { name: title.text }).click();
  await page.waitForURL(`**/doc/${title.id}?*`);
  await page.getByRole('heading', { name: title.text }).waitFor();
});

pageTest('Without completions the search goes on', { says: resources }, async (page) => {
  await page.route('**/api/v1/suggest?*', (route) => route.fulfill({ status: 500, json: {} }));
  await page.goto('/');
  await box(page).pressSequentially('water');
  await shows(page, await search({ q: 'water' }));
  assert.equal(await list(page).count(), 0);
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

// ---- texts that look like HTML

pageTest('A query that looks like HTML is shown as text and runs nothing', {}, async (page) => {
  const evil = '<img src=x onerror=window.__x=1>';
  await open(page);
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
