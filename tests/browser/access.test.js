// The page for everybody: axe-core on every state, the keyboard alone, sizes, print, motion.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  box, eventually, fitsItsWidth, focused, hits, open, pageTest, resources, rewriteAnswers, search, serveNothing, wideQuery, world,
} from './support.js';

world();

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// In the page's own world the policy forbids what axe does; evaluate() is above it.
async function passes(page, state) {
  await page.evaluate(axe);
  const { violations, passes: passed } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const told = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${state}: ${id} at ${target}: ${failureSummary}`));
  assert.deepEqual(told, []);
  assert.ok(passed.length > 10, `${passed.length} rules had something to look at`);
}

const trouble = (kind) => (page) => page.route('**/api/v1/search?*', (route) => (kind === 'offline'
  ? route.abort()
  : route.fulfill({ status: 500, contentType: 'application/problem+json', json: { detail: 'The disk is gone', status: 500 } })));
const old = (page) => page.route('**/readyz', (route) => route.fulfill({ json: { documents: 5, built_at: '2020-01-01T00:00:00Z', age_seconds: 1e8, last_error: 'corrupt' } }));
const widened = (page) => rewriteAnswers(page, (answer) => {
  answer.query = { ...answer.query, suggestion: 'waters', warnings: ['A parenthesis has no partner and was ignored.'], warning_codes: [{ code: 'unmatched_parenthesis', about: null }], expansions: [{ term: 'a', also: ['b'], why: 'typo' }, { term: 'c', also: ['d'], why: 'alias' }] };
  for (const hit of answer.hits) hit.similar = 1;
});

const states = [
  ['start', '/', { wait: '#about time' }],
  ['results', '/?q=water', { wait: '.hit' }],
  ['filtered', '/?q=water&lang=en&from=2023&to=2023&variants=off&sort=newest', { wait: '.chip' }],
  ['more pages', async () => `/?q=${await wideQuery()}&page=2`, { wait: '#pages a' }],
  ['nothing', '/?q=zzqxjvwkq&lang=en', { wait: '#nothing .big' }],
  ['widened', '/?q=water', { before: widened, wait: '#notes .warning' }],
  ['old', '/?q=water', { before: old, wait: '#stale .warning' }],
  ['error', '/?q=water', { before: trouble('error'), wait: '#problem .big' }],
  ['offline', '/?q=water', { before: trouble('offline'), wait: '#problem .big' }],
  ['completions', '/', { then: (page) => box(page).pressSequentially('glac'), wait: '#completions li' }],
  ['document', async () => `/doc/${(await search({ q: 'water' })).hits[0].id}?q=water`, { wait: '#marks' }],
  ['plain results', '/search?q=water&lang=en', { wait: '.hit' }],
  ['plain nothing', '/search?q=zzqxjvwkq', { wait: '#nothing' }],
  ['plain error', '/search?page=x', { wait: '#problem' }],
  ['no document', '/doc/0000000000000000', { wait: '#problem' }],
];

for (const colorScheme of ['light', 'dark']) {
  pageTest(`axe-core finds nothing wrong in any state, ${colorScheme}`, { colorScheme, says: resources }, async (page) => {
    for (const [name, address, { before, then, wait }] of states) {
      await page.unrouteAll();
      await before?.(page);
      await page.goto(typeof address === 'string' ? address : await address());
      await then?.(page);
      await page.locator(wait).first().waitFor();
      await passes(page, name);
    }
  });
}

pageTest('axe-core finds nothing wrong without an index', { says: resources, start: serveNothing }, async (page) => {
  await page.goto('/?q=water');
  await page.getByText('There is no index yet').waitFor();
  await passes(page, 'no index');
  await page.goto('/search?q=water');
  await page.getByText('There is no index yet').waitFor();
  await passes(page, 'no index, plain');
});

pageTest('axe-core finds nothing wrong on a phone with its filters open', { viewport: { width: 320, height: 640 }, hasTouch: true }, async (page) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('complementary', { name: 'Filters' }).getByText('How to search').waitFor();
  await fitsItsWidth(page);
  await passes(page, 'phone');
});

// ---- the keyboard alone

pageTest('A search, a filter, a document and the way back need the keyboard only', {}, async (page) => {
  const press = (key) => page.keyboard.press(key);
  const focus = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
  await open(page);
  await focused(box(page));
  await page.keyboard.type('khorgos');
  await hits(page).first().waitFor();
  await press('Enter');
  // The rail: Tab from the box leads over the button into it.
  for (let i = 0; i < 60 && !/^English/.test(await focus()); i += 1) await press('Tab');
  assert.match(await focus(), /^English/);
  await press('Enter');
  await page.waitForURL(/lang=en/);
  await page.locator('.chip').waitFor();
  await focused(page.locator('#rail a[data-facet=lang][aria-current]'));
  await press('/');
  await focused(box(page));
  await press('ArrowDown');
  await focused(hits(page).first().locator('.stop'));
  const title = await focus();
  await press('Enter');
  await page.waitForURL('**/doc/*');
  assert.equal((await page.locator('article h2').textContent()).trim(), title);
  await page.locator('#marks').waitFor();
  await press('n');
  await page.locator('mark.here').waitFor();
  assert.match(await page.locator('#marks [role=status]').textContent(), /^1 of \d+$/);
  await press('p');
  await page.goBack(); // what Alt and the left arrow do; headless browsers have no such keys
  await page.waitForURL(/lang=en/);
  await hits(page).first().waitFor();
  await focused(hits(page).first().locator('.stop'));
});

pageTest('The first Tab offers the way past the filters to the results', {}, async (page) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  await page.keyboard.press('Tab');
  await focused(page.getByRole('link', { name: 'Skip to the results' }));
  await page.keyboard.press('Enter');
  await focused(page.locator('#count'));
});

pageTest('The letter keys of the shortcuts work on a Cyrillic layout as well', {}, async (page) => {
  const { hits: [{ id }] } = await search({ q: 'water' });
  await page.goto(`/doc/${id}?q=water`);
  await page.locator('#marks').waitFor();
  await page.evaluate(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', bubbles: true, cancelable: true })));
  await page.locator('mark.here').waitFor();
});

pageTest('How many were found is read out, and only once the typing stops', {}, async (page) => {
  await page.goto('/');
  await box(page).pressSequentially('water', { delay: 20 });
  await hits(page).first().waitFor();
  const said = page.getByRole('status').filter({ hasText: /result/ });
  await said.waitFor({ state: 'attached' });
  assert.equal(await said.textContent(), await page.locator('#count').textContent());
});

// ---- sizes and media

for (const [width, height] of [[320, 640], [768, 1024], [1280, 800], [3840, 2160]]) {
  pageTest(`At ${width} px nothing needs scrolling sideways, and lines stay readable`, { viewport: { width, height } }, async (page) => {
    const { hits: [{ id }] } = await search({ q: 'water' });
    for (const address of ['/', '/?q=water', '/?q=water&lang=en', `/doc/${id}?q=water`, '/search?q=water']) {
      await page.goto(address);
      await page.locator('#about time, .hit, article').first().waitFor();
      await fitsItsWidth(page);
    }
    await page.goto('/?q=water');
    await hits(page).first().waitFor();
    const ems = await page.locator('.snippet').first().evaluate((node) => node.clientWidth / parseFloat(getComputedStyle(node).fontSize));
    assert.ok(ems < 50, `${ems} em wide`);
  });
}

pageTest('Hits stay where they are while more letters are typed', {}, async (page) => {
  await page.goto('/?q=water');
  await hits(page).first().waitFor();
  const top = () => page.locator('#hits').evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  await box(page).pressSequentially(' OR steppe', { delay: 30 });
  await eventually(async () => assert.match(page.url(), /steppe/));
  await hits(page).first().waitFor();
  assert.equal(await top(), before);
});

pageTest('In print there is the text and nothing to click', {}, async (page) => {
  const { hits: [{ id }] } = await search({ q: 'water' });
  await page.goto(`/doc/${id}?q=water`);
  await page.locator('#marks').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['header', 'footer', '#marks', '#rail', '#copy', '.back']) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  assert.equal(await page.locator('.story').isVisible(), true);
});

pageTest('With reduced motion nothing glides', { reducedMotion: 'reduce', viewport: { width: 800, height: 300 } }, async (page) => {
  const { hits: [{ id }] } = await search({ q: 'dust storm' });
  await page.goto(`/doc/${id}?q=dust+storm`);
  await page.locator('#marks').waitFor();
  const moved = await page.evaluate(() => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP' })); // to the last mark of all
    return scrollY;
  });
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  assert.ok(moved > 0);
  assert.equal(await page.evaluate(() => scrollY), moved);
});
