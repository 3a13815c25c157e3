// The page without JavaScript.

import assert from 'node:assert/strict';
import { ask, box, hits, pageTest, rail, search, shows, titles, titlesOf, wideQuery, world } from './support.js';

world();

const plain = { javaScriptEnabled: false };

pageTest('The form leads to the results, and these are those of the API', plain, async (page) => {
  await page.goto('/');
  await box(page).fill('Khorgos');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL('**/search?q=Khorgos');
  const answer = await search({ q: 'Khorgos' });
  assert.deepEqual(await titles(page), titlesOf(answer));
  assert.equal(await page.locator('#count').textContent(), `${answer.total} results`);
  assert.equal(await box(page).inputValue(), 'Khorgos');
  const [first] = answer.hits;
  assert.deepEqual(await hits(page).first().locator('.snippet mark').allTextContents(), first.snippet.parts.filter(({ m }) => m).map(({ t }) => t));
});

pageTest('An address that was shared from the other page leads to the same results', plain, async (page) => {
  await page.goto('/?q=Khorgos&lang=ru');
  await page.waitForURL('**/search?q=Khorgos&lang=ru');
  assert.deepEqual(await titles(page), titlesOf(await search({ q: 'Khorgos', lang: 'ru' })));
});

pageTest('Facets and years narrow, chips take back, pages follow', plain, async (page) => {
  const q = await wideQuery();
  await page.goto(`/search?${new URLSearchParams({ q })}`);
  await rail(page).getByRole('link', { name: 'Russian' }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q, lang: 'ru' })));
  await page.getByRole('link', { name: 'Remove the filter Russian' }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q })));
  const { facets } = await search({ q, facets: 'year' });
  const [{ value: year, count }] = facets.year;
  await rail(page).getByRole('link', { name: `${year}: ${count} document` }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q, from: year, to: year })));
  assert.equal(await rail(page).locator('.bars li').count(), 12);
  await rail(page).getByRole('link', { name: 'All dates' }).click();
  await page.getByRole('link', { name: 'Next' }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q, page: 2 })));
  await page.getByRole('link', { name: 'Newest first' }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q, sort: 'newest' })));
});

pageTest('A second value of a facet is added from the list, and taken back there', plain, async (page) => {
  const q = 'steppe OR Урумчи OR 高铁';
  await page.goto(`/search?${new URLSearchParams({ q })}`);
  await rail(page).getByRole('link', { name: 'Russian' }).click();
  await rail(page).getByRole('link', { name: 'Chinese' }).click();
  const both = await ask(`/api/v1/search?${new URLSearchParams([['q', q], ['lang', 'ru'], ['lang', 'zh']])}`);
  assert.deepEqual(await titles(page), titlesOf(both));
  await rail(page).getByRole('link', { name: 'Russian' }).click();
  assert.deepEqual(await titles(page), titlesOf(await search({ q, lang: 'zh' })));
});

pageTest('A document can be read, and its similar texts', plain, async (page) => {
  const folded = (await search({ per_page: 100 })).hits.find(({ similar }) => similar > 0);
  await page.goto('/search?q=&per_page=100');
  await page.getByRole('link', { name: /and \d+ similar/ }).first().click();
  const shown = await ask(`/api/v1/documents/${folded.id}`);
  assert.deepEqual(await page.locator('.story p').allTextContents(), shown.body.text.split('\n').filter(Boolean));
  await page.locator('#similar li > a').first().click();
  await page.locator('.story p').first().waitFor();
});

pageTest('The results page works with JavaScript as well, and leads to the one that searches while typing', {}, async (page) => {
  await page.goto('/search?q=Khorgos&lang=ru');
  const answer = await search({ q: 'Khorgos', lang: 'ru' });
  assert.deepEqual(await titles(page), titlesOf(answer));
  await page.getByRole('link', { name: 'Search while typing' }).click();
  await page.waitForURL('**/?q=Khorgos&lang=ru');
  await shows(page, answer);
});
