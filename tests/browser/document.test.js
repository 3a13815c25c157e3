// One document to read, and the way there and back.

import assert from 'node:assert/strict';
import { ask, box, eventually, focused, hits, pageTest, search, shows, url, world } from './support.js';

world();

const marks = (page) => page.locator('.story mark');
const here = (page) => page.evaluate(() => [...document.querySelectorAll('.story mark')].findIndex((mark) => mark.classList.contains('here')));

// The document of the samples that has the words most often.
async function oftenest(q) {
  const { hits: all } = await search({ q, per_page: 50 });
  const shown = [];
  for (const { id } of all) shown.push(await ask(`/api/v1/documents/${id}?${new URLSearchParams({ q })}`));
  return shown.sort((a, b) => b.body.parts.filter(({ m }) => m).length - a.body.parts.filter(({ m }) => m).length)[0];
}

pageTest('A document shows its text in paragraphs with the words marked, and what is known of it', {}, async (page) => {
  const one = await oftenest('Khorgos');
  await page.goto(`/doc/${one.id}?q=Khorgos`);
  assert.equal((await page.locator('article h2').textContent()).trim(), one.title.text);
  assert.deepEqual(await page.locator('.story p').allTextContents(), one.body.text.split('\n').filter(Boolean));
  assert.deepEqual(await marks(page).allTextContents(), one.body.parts.filter(({ m }) => m).map(({ t }) => t));
  assert.equal(await page.locator('.story').getAttribute('lang'), one.lang);
  const facts = page.getByRole('complementary', { name: 'About this document' });
  await facts.getByText(one.path).waitFor();
  await facts.getByText(one.encoding).waitFor();
  assert.equal(await page.title(), `${one.title.text} – izde`);
});

pageTest('Every document of the samples can be read', {}, async (page) => {
  for (const number of [1, 2]) {
    for (const { id, title } of (await search({ per_page: 50, page: number, collapse: 'off' })).hits) {
      const response = await fetch(`${url()}/doc/${id}`);
      assert.equal(response.status, 200, title.text);
      assert.match(response.headers.get('content-type'), /^text\/html; charset=utf-8$/);
    }
  }
  await page.goto('/');
});

pageTest('n and p and the buttons go from mark to mark, round and round', {}, async (page) => {
  const one = await oftenest('dust storm');
  await page.goto(`/doc/${one.id}?q=dust+storm`);
  const count = await marks(page).count();
  assert.ok(count > 1);
  await page.getByText(`${count} marks`).waitFor();
  await page.keyboard.press('n');
  assert.equal(await here(page), 0);
  await page.getByText(`1 of ${count}`).waitFor();
  await page.getByRole('button', { name: 'Next mark' }).click();
  await eventually(async () => assert.equal(await here(page), 1));
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Previous mark' }).click();
  await eventually(async () => assert.equal(await here(page), count - 1));
  await eventually(async () => {
    const [top, height] = await page.evaluate(() => [document.querySelector('mark.here').getBoundingClientRect().top, innerHeight]);
    assert.ok(top > 0 && top < height, 'the mark is in sight');
  });
});

pageTest('What is known says where it came from', {}, async (page) => {
  const answer = await search({ per_page: 100 });
  const all = [];
  for (const { id } of answer.hits) all.push(await ask(`/api/v1/documents/${id}`));
  const dated = all.find(({ date }) => date.source === 'dateline' && date.precision === 'day');
  await page.goto(`/doc/${dated.id}`);
  const facts = page.getByRole('complementary', { name: 'About this document' });
  await facts.getByText('from the dateline').first().waitFor();
  const aside = all.find(({ boilerplate }) => boilerplate.length > 0);
  await page.goto(`/doc/${aside.id}`);
  const folded = page.locator('details');
  assert.equal(await folded.getAttribute('open'), null);
  await folded.locator('summary').click();
  await folded.getByText(aside.boilerplate[0].split('\n')[0]).first().waitFor();
});

pageTest('Similar texts are linked, and only http and https lead out', {}, async (page) => {
  const folded = (await search({ per_page: 100 })).hits.find(({ similar }) => similar > 0);
  const { hits: others } = await ask(`/api/v1/documents/${folded.id}/similar`);
  await page.goto(`/doc/${folded.id}`);
  const links = page.locator('#similar li > a');
  assert.deepEqual(await links.evaluateAll((all) => all.map((a) => a.getAttribute('href'))), others.map(({ id }) => `/doc/${id}`));
  const known = (await search({ per_page: 100 })).hits.find(({ url: address }) => /^https?:/.test(address ?? ''));
  await page.goto(`/doc/${known.id}`);
  assert.equal(await page.locator('article .out').getAttribute('href'), known.url);
});

pageTest('The citation is copied as it stands', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
  const one = await oftenest('Khorgos');
  await page.goto(`/doc/${one.id}`);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator('#cite').textContent());
  assert.ok(copied.includes(one.title.text));
});

pageTest('Where copying is not allowed the citation is selected', {}, async (page) => {
  const [one] = (await search({ q: 'Khorgos' })).hits;
  await page.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError')); });
  await page.goto(`/doc/${one.id}`);
  await page.locator('#copy').click();
  const cited = await page.locator('#cite').textContent();
  await eventually(async () => assert.equal(await page.evaluate(() => getSelection().toString().trim()), cited.trim()));
});

pageTest('Back from a document restores the results, where they were scrolled to, and the focus', { viewport: { width: 800, height: 400 } }, async (page) => {
  const answer = await search({ q: 'Khorgos' });
  await page.goto('/?q=Khorgos');
  await shows(page, answer);
  const last = hits(page).last().locator('.stop');
  await last.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  assert.ok(scrolled > 0);
  for (const back of [() => page.goBack(), () => page.getByRole('link', { name: 'Back to the results' }).click()]) {
    await last.click();
    await page.waitForURL('**/doc/*');
    await page.locator('#marks').waitFor(); // the script is there
    await back();
    await page.waitForURL('**/?q=Khorgos');
    await shows(page, answer);
    await eventually(async () => assert.equal(await page.evaluate(() => scrollY), scrolled));
    await focused(last);
  }
});

pageTest('A document that was opened by its address leads to a search for its words', {}, async (page) => {
  const one = await oftenest('Khorgos');
  await page.goto(`/doc/${one.id}?q=Khorgos`);
  assert.equal(await box(page).inputValue(), 'Khorgos');
  await page.getByRole('link', { name: 'Back to the results' }).click();
  await shows(page, await search({ q: 'Khorgos' }));
  // It was not reached from results, so that the way back must not be a step back.
  assert.equal(await page.evaluate(() => navigation.currentEntry.index > 0), true);
  await page.goto(`/doc/${one.id}`);
  await page.locator('#copy').waitFor(); // the script is there
  await page.keyboard.press('/');
  await focused(box(page));
  await page.keyboard.type('water');
  await page.keyboard.press('Enter');
  await shows(page, await search({ q: 'water' }));
});
