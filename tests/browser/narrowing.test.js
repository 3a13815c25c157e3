// What the page makes of a query and lets one change about it: facets, dates, chips, what was widened, near-duplicates.

import assert from 'node:assert/strict';
import {
  ask, box, eventually, focused, hits, pageTest, parameters,
  rail, resources, rewriteAnswers, search, shows, world,
} from './support.js';

world();

// ---- facets, dates, chips

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

pageTest('The other values of a facet that is chosen from stand there with what they would add', {}, async (page) => {
  const q = 'steppe OR Урумчи OR 高铁';
  const all = await search({ q, facets: 'lang' });
  const { value: first } = all.facets.lang[0];
  await page.goto(`/?${new URLSearchParams({ q, lang: first })}`);
  await hits(page).first().waitFor();
  const section = rail(page).locator('section').filter({ has: page.getByRole('heading', { name: 'Language' }) });
  const counts = await section.locator('.n').allTextContents();
  assert.deepEqual(counts.map(Number), all.facets.lang.map(({ count }) => count));
  assert.ok(counts.length > 2);
  assert.equal(await section.locator('[aria-current]').count(), 1);
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
    await rail(page).locator('a:not([aria-current])', { hasText: words }).click(); // not that of the answer before
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

pageTest('A warning whose code the page does not know is shown as the server says it', { locale: 'kk-KZ' }, async (page) => {
  await rewriteAnswers(page, (answer) => {
    answer.query.warnings = ['Something of tomorrow.', 'A parenthesis.'];
    answer.query.warning_codes = [{ code: 'of_tomorrow', about: null }];
  });
  await page.goto('/?q=water');
  await page.locator('.warning').getByText('Something of tomorrow.').waitFor();
  await page.locator('.warning').getByText('A parenthesis.').waitFor();
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
