// Documents, queries and answers made to run a script in whoever looks at them; nothing may run.
// IZDE_PAYLOADS says how many payloads of each place, 10 unless told; 300 are all there are.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { caught, watchRequests } from './catcher.js';
import { addresses, payloads } from './payloads.js';
import { ask, box, eventually, pageTest, resources, url, world } from './support.js';

const many = Number(process.env.IZDE_PAYLOADS ?? 10);
const chosen = payloads.slice(0, many);
const another = (i, by) => chosen[(i + by) % many];

// Each field has each payload once, and no two fields of one record have the same.
const fields = ['title', 'text', 'url', 'source', 'author', 'place'];
const record = (i) => Object.fromEntries(fields.map((field, j) => [field, another(i, j)]));

world(async (sources) => {
  const records = [
    ...chosen.map((_, i) => ({ ...record(i), id: `case ${i}`, text: `${record(i).text}\n\nBody of case ${i}.` })),
    ...addresses.map((address, i) => ({ id: `address ${i}`, title: `Address ${i}`, text: `Body of address ${i}.`, url: address })),
  ];
  await writeFile(path.join(sources, 'records.jsonl'), records.map((one) => JSON.stringify({ date: '2022-01-25', ...one })).join('\n'));
  for (const [i, payload] of chosen.entries()) {
    await writeFile(path.join(sources, `${i} ${payload.replaceAll('/', '_')}.txt`.slice(0, 200)), `Path case ${i}\n\nBody of path ${i}.`);
  }
});

// Calls `work(page, one)` for each, on three pages of the context at a time.
async function sideBySide(page, all, work) {
  const left = [...all];
  const pages = [page, await page.context().newPage(), await page.context().newPage()];
  await Promise.all(pages.map(async (own) => {
    while (left.length) await work(own, left.shift());
  }));
}

async function isHarmless(page, what) {
  assert.deepEqual(await caught(page), [], what);
}

async function harmless(page, address, wait) {
  await page.goto(address);
  await page.locator(wait).first().waitFor({ state: 'attached' });
  await isHarmless(page, address);
}

// Another state of the page that searches while one types, as Back and Forward reach it: no document is loaded.
async function turnTo(page, address) {
  if (new URL(page.url()).pathname !== '/') await page.goto('/');
  await page.evaluate(async (to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    const main = document.getElementById('main');
    const busy = { attributes: true, attributeFilter: ['aria-busy'] };
    if (main.ariaBusy === 'true') await new Promise((resolve) => { new MutationObserver(resolve).observe(main, busy); });
  }, address);
  // A page that was still starting takes its state from the address when it is ready.
  await page.waitForFunction(() => document.body.dataset.view === 'results' && document.getElementById('main').ariaBusy !== 'true');
}

async function allHits() {
  const all = [];
  for (let number = 1; ; number += 1) {
    const { hits: some, pages } = await ask(`/api/v1/search?per_page=100&collapse=off&page=${number}`);
    all.push(...some);
    if (number >= pages) return all;
  }
}

const upTo = (most) => Array.from({ length: most }, (_, i) => i + 1);

test('The payloads are in the index as they were written', async () => {
  const all = await allHits();
  assert.equal(all.length, 2 * many + addresses.length);
  const told = { title: (hit) => hit.title.text, source: (hit) => hit.source, author: (hit) => hit.author, place: (hit) => hit.place };
  for (const [field, read] of Object.entries(told)) {
    const survived = new Set(all.map(read).filter((value) => chosen.includes(value)));
    assert.ok(survived.size >= many * 0.8, `${survived.size} of ${many} in ${field}`);
  }
  assert.ok(all.filter(({ path: name }) => name.includes('__x')).length >= many * 0.5);
});

// A server that forgets to escape: for each page it puts `raw.get(page)` as it is where `place` stands in its own.
async function forgetful(context, { raw, place, policy }) {
  await context.route('**/search?*', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': held, ...headers } = response.headers();
    assert.ok(held);
    const body = (await response.text()).replaceAll(place, () => raw.get(route.request().frame().page()));
    await route.fulfill({ response, headers: policy ? response.headers() : headers, body });
  });
}

const ways = chosen.slice(0, 30).filter((payload) => /<\w/.test(payload)); // in thirty is each way to run a script

for (const [policy, says] of [[true, 'would be caught'], [false, 'and without a policy would run']]) {
  pageTest(`Were they not escaped, ${ways.length} payloads ${says}`, { says: /./s }, async (page, { complaints }) => {
    const missed = [];
    let ran = 0;
    const raw = new WeakMap();
    await forgetful(page.context(), { raw, place: 'zzqxjvwkq', policy });
    await sideBySide(page, ways, async (_, payload) => {
      const own = await page.context().newPage(); // some leave it unfit for the next
      raw.set(own, payload);
      await own.goto('/search?q=zzqxjvwkq');
      const found = await caught(own);
      if (!found.length) missed.push(payload);
      if (found.includes('a script ran')) ran += 1;
      await own.close();
    });
    complaints.length = 0; // some ask other hosts
    assert.deepEqual(missed, []);
    if (policy) assert.equal(ran, 0);
    else assert.ok(ran >= ways.length / 3, `${ran} of ${ways.length} ran`);
  });
}

pageTest('Were addresses taken as they are, scripts in them would be caught', {}, async (page) => {
  const leads = (address) => URL.canParse(address, 'http://h/') && /^https?:$/.test(new URL(address, 'http://h/').protocol);
  const scripts = addresses.filter((address) => !leads(address));
  assert.ok(scripts.length >= 10);
  const raw = new WeakMap();
  await forgetful(page.context(), { raw, place: 'href="/feed.atom?q=body"', policy: true });
  for (const address of scripts) {
    raw.set(page, `href="${address}"`);
    await page.goto('/search?q=body');
    assert.equal((await caught(page)).length, 1, address);
  }
});

pageTest('Dialogs, requests to other hosts, paths of nobody and violations of the policy are caught', {}, async (page, { complaints }) => {
  const strange = watchRequests(page.context());
  await page.goto('/search?q=body');
  await page.evaluate(() => {
    alert('here');
    document.body.append(Object.assign(new Image(), { src: '/nowhere.png' }), Object.assign(new Image(), { src: 'http://other.example/' }));
  });
  await eventually(() => {
    for (const sign of ['dialog: here', 'request to http://other.example/', 'Content Security Policy']) assert.ok(complaints.some((one) => one.includes(sign)), sign);
    assert.deepEqual(strange, ['/nowhere.png']);
  });
  complaints.length = 0;
});

// As pageTest, and the pages ask for nothing that ours do not ask for.
function hostileTest(name, options, body) {
  pageTest(name, options, async (page) => {
    const strange = watchRequests(page.context());
    await body(page);
    assert.deepEqual(strange, []);
  });
}

hostileTest(`Results with ${many} payloads in every field run nothing`, {}, async (page) => {
  const all = await allHits();
  await page.goto('/');
  await sideBySide(page, upTo(Math.ceil(all.length / 10)), async (own, number) => {
    const address = `/?sort=newest&collapse=off&page=${number}`;
    await turnTo(own, address);
    assert.equal(await own.locator('.hit').count(), Math.min(10, all.length - 10 * (number - 1)));
    await own.evaluate(() => {
      for (let more; (more = document.querySelector('button[data-action=whole][aria-expanded=false]'));) more.click();
    });
    await isHarmless(own, address);
  });
  await sideBySide(page, upTo(Math.ceil(all.length / 100)), (own, number) => harmless(own, `/search?collapse=off&per_page=100&page=${number}`, '.hit'));
});

hostileTest('Their documents run nothing', {}, async (page) => {
  await sideBySide(page, await allHits(), (own, { id }) => harmless(own, `/doc/${id}?q=body`, 'article'));
});

// Each payload as query, source and language at once.
const asking = (payload, i) => new URLSearchParams({ q: payload, source: another(i, 1), lang: another(i, 2) });

hostileTest(`${many} payloads as queries and filters run nothing`, {}, async (page) => {
  await sideBySide(page, chosen.entries(), async (own, [i, payload]) => {
    const address = `/?${asking(payload, i)}`;
    if (i < 10) await harmless(own, address, '#nothing .big, .hit'); // as a link that somebody follows
    else await turnTo(own, address);
    assert.equal(await box(own).inputValue(), payload);
    await isHarmless(own, address);
    await harmless(own, `/search?${asking(payload, i)}`, '#nothing, .hit');
  });
});

hostileTest(`${many} payloads as parameters and marks run nothing`, { says: resources }, async (page) => {
  const [{ id }] = await allHits();
  await sideBySide(page, chosen, async (own, payload) => {
    await harmless(own, `/search?${new URLSearchParams({ [payload]: payload, hl: payload })}`, '#problem');
    await harmless(own, `/doc/${id}?${new URLSearchParams({ q: payload })}`, 'article');
  });
});

test(`${many} payloads as addresses are answered by nothing that a browser takes for a page`, async () => {
  for (const [i, payload] of chosen.entries()) {
    for (const route of [`/doc/${encodeURIComponent(payload)}`, `/${encodeURIComponent(payload)}`, `/api/v1/search?${asking(payload, i)}`, `/api/v1/suggest?q=${encodeURIComponent(payload)}`]) {
      const response = await fetch(url() + route);
      await response.text();
      const type = response.headers.get('content-type');
      if (/html/.test(type)) assert.match(route, /^\/doc\//, `${route} answers ${type}`);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
  }
});

// Every text of an answer becomes the payload, wherever it stands.
function poisoned(value, payload) {
  if (typeof value === 'string') return payload;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, payload));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, payload)]));
  return value;
}

hostileTest('Answers whose every text is a payload run nothing', {}, async (page) => {
  const current = new WeakMap(); // of each page, the payload
  await page.context().route(/\/(api\/v1\/|readyz)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: poisoned(await response.json(), current.get(route.request().frame().page())) });
  });
  await sideBySide(page, chosen.entries(), async (own, [i, payload]) => {
    current.set(own, payload);
    await turnTo(own, `/?q=body&sort=newest&from=${2000 - i}`);
    await isHarmless(own, payload);
    // A page that was still starting when it was typed into takes its words from the address once more.
    await eventually(async () => {
      await box(own).fill('');
      await box(own).fill('bod');
      await own.locator('#completions li').first().waitFor({ timeout: 2000 });
    });
    await own.locator('.hit').first().waitFor();
    await isHarmless(own, payload);
  });
});
