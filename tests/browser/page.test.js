// The page that searches, in a real browser, against the real daemon over the sample documents.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { rebuild, serve, web } from './daemon.js';
import {
  ask, box, eventually, fitsItsWidth, focused, hits, pageTest, parameters, resources, rewriteAnswers, search, serveNothing,
  shows, theIndex, titles, titlesOf, url, wideQuery, world,
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

// ---- facets, dates, chips

const rail = (page) => page.getByRole('complementary', { name: 'Filters' });

pageTest('A facet narrows the results, takes a second value as well, and its chip takes it back', {}, async (page) => {
  const q = 'steppe OR Урумчи OR 高铁';
  await page.goto(`/?${new URLSearchParams({ q })}`);
  await rail(page).getByRole('link', { name: 'Russian' }).click();
  await page.waitForURL(/lang=ru/);
  await shows(page, await search({ q, lang: 'ru' }));
  const langs = await hits(page).locator('h2').evaluateAll((all) => all.map(({ lang }) => lang));
  assert.deepEqual([...new Set(langs)], ['ru']);
  await focused(rail(page).getByRole('link', { name: 'Russian' }));
  assert.equal(await rail(page).getByRole('link', { name: 'Russian' }).getAttribute('aria-current'), 'true');
  await rail(page).getByRole('link', { name: 'Chinese' }).click();
  await shows(page, await ask(`/api/v1/search?${new URLSearchParams([['q', q], ['lang', 'ru'], ['lang', 'zh']])}`));
  assert.deepEqual(parameters(page).getAll('lang'), ['ru', 'zh']);
  await page.getByRole('link', { name: 'Remove the filter Russian' }).click();
  await shows(page, await search({ q, lang: 'zh' }));
  await page.getByRole('link', { name: 'Remove the filter Chinese' }).click();
  await shows(page, await search({ q }));
  assert.equal(parameters(page).get('lang'), null);
});

pageTest('Facets show the counts of the answer, the most frequent first, and the rest when asked', {}, async (page) => {
  const { facets } = await search({ facets: 'place', sort: 'newest' });
  await page.goto('/?sort=newest');
  await hits(page).first().waitFor();
  const section = rail(page).locator('section').filter({ has: page.getByRole('heading', { name: 'Place' }) });
  assert.equal(await section.locator('li').count(), 6);
  await section.getByRole('button', { name: `All ${facets.place.length}` }).click();
  const shown = await section.locator('li').evaluateAll((all) => all.map((item) => [item.querySelector('span').textContent, Number(item.querySelector('.n').textContent)]));
  assert.deepEqual(shown, facets.place.map(({ value, count }) => [value, count]));
  await section.getByRole('button', { name: 'Fewer' }).click();
  assert.equal(await section.locator('li').count(), 6);
});

pageTest('The histogram leads from years to months and back', {}, async (page) => {
  await page.goto('/?sort=newest');
  const { facets } = await search({ sort: 'newest', facets: 'year' });
  const [{ value: year, count }] = facets.year;
  const bars = rail(page).locator('.bars li');
  await eventually(async () => assert.equal(await bars.locator('a').count(), facets.year.length));
  await rail(page).getByRole('link', { name: `${year}: ${count} document` }).click();
  await page.waitForURL(new RegExp(`from=${year}&to=${year}`));
  await shows(page, await search({ sort: 'newest', from: year, to: year }));
  await eventually(async () => assert.equal(await bars.count(), 12));
  const months = (await search({ from: year, to: year, facets: 'month' })).facets.month;
  assert.equal(await bars.locator('a').count(), months.length);
  await bars.locator('a').first().click();
  await page.waitForURL(new RegExp(`from=${year}-\\d\\d`));
  const month = parameters(page).get('from');
  await shows(page, await search({ sort: 'newest', from: month, to: month }));
  await eventually(async () => assert.equal(await bars.locator('[aria-current]').count(), 1));
  await rail(page).getByRole('link', { name: 'All dates' }).click();
  await shows(page, await search({ sort: 'newest' }));
});

pageTest('A range of dates can be typed, what is no date is refused, and the undated can be let in', {}, async (page) => {
  await page.goto('/?sort=newest');
  await rail(page).getByLabel('From').fill('last year');
  await rail(page).getByRole('button', { name: 'Apply' }).click();
  await rail(page).getByText('A date looks like').waitFor();
  await rail(page).getByLabel('From').fill('2023');
  await rail(page).getByRole('button', { name: 'Apply' }).click();
  await shows(page, await search({ sort: 'newest', from: '2023' }));
  await page.getByRole('link', { name: 'Remove the filter 2023 – …' }).waitFor();
  await rail(page).getByRole('link', { name: 'Undated as well' }).click();
  await shows(page, await search({ sort: 'newest', from: '2023', undated: 'include' }));
});

// ---- what was made of the query

pageTest('What was widened is said, and one link undoes it', {}, async (page) => {
  await page.goto('/?q=urumqi');
  await page.getByText(/^Also searched: .*乌鲁木齐/).waitFor();
  await page.getByRole('link', { name: 'Only as typed' }).click();
  await shows(page, await search({ q: 'urumqi', variants: 'off' }));
  assert.equal(parameters(page).get('variants'), 'off');
  assert.equal(await page.getByText('Also searched').count(), 0);
  await page.getByRole('link', { name: 'Remove the filter Off: Other spellings of names' }).click();
  await shows(page, await search({ q: 'urumqi' }));
});

pageTest('A misspelt word says what it was read as, and the corrected query is one click away', {}, async (page) => {
  const answer = await search({ q: 'obsrevatory' });
  assert.ok(answer.query.suggestion && answer.query.expansions.some(({ why }) => why === 'typo'), 'the samples know the word');
  await page.goto('/?q=obsrevatory');
  await page.getByText('obsrevatory was read as').waitFor();
  await page.locator('.meant').getByRole('link', { name: answer.query.suggestion }).click();
  await shows(page, await search({ q: answer.query.suggestion }));
  await page.goto('/?q=obsrevatory');
  await page.getByRole('link', { name: 'Only as typed' }).click();
  await page.getByText('Nothing found for').waitFor();
  assert.equal(parameters(page).get('typo'), 'off');
});

for (const [name, words] of [['variants', 'Other spellings of names'], ['typo', 'Correct misspelt words'], ['collapse', 'Fold similar texts']]) {
  pageTest(`The switch “${words}” is part of the address`, {}, async (page) => {
    await page.goto('/?q=storm');
    await rail(page).getByRole('link', { name: words }).click();
    await shows(page, await search({ q: 'storm', [name]: 'off' }));
    assert.equal(parameters(page).get(name), 'off');
    await rail(page).getByRole('link', { name: words }).click();
    await eventually(async () => assert.equal(parameters(page).get(name), null));
  });
}

pageTest('Where nothing has the word as it was typed, what begins so is shown, and its documents are marked so', {}, async (page) => {
  assert.equal((await search({ q: 'khor' })).total, 0);
  const answer = await search({ q: 'khor*' });
  await page.goto('/');
  await box(page).fill('khor');
  await page.getByText('Nothing has just khor; these have words that begin so.').waitFor();
  await shows(page, answer);
  assert.equal(parameters(page).get('q'), 'khor');
  assert.equal(await hits(page).first().locator('h2 a').getAttribute('href'), `/doc/${answer.hits[0].id}?q=khor*`);
  await page.goto('/?q="khor"');
  await page.getByText('Nothing found for').waitFor();
});

pageTest('Warnings of the answer are shown', {}, async (page) => {
  const { query } = await search({ q: 'dust) storm' });
  await page.goto('/?q=dust) storm');
  for (const warning of query.warnings) await page.locator('.warning').getByText(warning).waitFor();
  assert.ok(query.warnings.length > 0);
});

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
  await list(page).getByRole('option').first().waitFor();
  assert.deepEqual(await list(page).getByRole('option').allTextContents(), suggestions.map(({ text }) => text));
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
  assert.equal(await list.getByRole('link', { name: 'A reprint' }).getAttribute('href'), `/doc/${one.id}?q=water`);
  await list.getByText('25 January 2022').waitFor();
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
  await page.getByText('Nothing found for “zzqxjvwkq”').waitFor();
  await page.getByText('You could try').waitFor();
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
