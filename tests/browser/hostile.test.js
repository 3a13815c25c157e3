// Documents, queries and answers made to run a script in whoever looks at them; nothing may run.
// IZDE_PAYLOADS says how many payloads of each place, 10 unless told; 300 are all there are.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { addresses, payloads } from './payloads.js';
import { ask, box, hits, pageTest, resources, url, world } from './support.js';

const many = Number(process.env.IZDE_PAYLOADS ?? 10);
const chosen = payloads.slice(0, many);
const fields = ['title', 'text', 'url', 'source', 'author', 'place'];

world(async (sources) => {
  const records = fields.flatMap((field) => [...chosen, ...(field === 'url' ? addresses : [])].map((payload, i) =>
    JSON.stringify({ id: `${field}${i}`, title: `Case ${field} ${i}`, text: `Body of ${field} ${i}`, date: '2022-01-25', [field]: payload })));
  await writeFile(path.join(sources, 'records.jsonl'), records.join('\n'));
  for (const [i, payload] of chosen.entries()) {
    await writeFile(path.join(sources, `${i} ${payload.replaceAll('/', '_')}.txt`.slice(0, 200)), `Path case ${i}\n\nBody of path ${i}.`);
  }
});

// Whatever a page holds that it would not hold without the payloads.
const foreign = () => {
  const out = [];
  const ours = new Set(['search', 'range']);
  for (const node of document.querySelectorAll('*')) {
    const tag = node.localName;
    if (['iframe', 'object', 'embed', 'img', 'video', 'base', 'style', 'math', 'template', 'marquee', 'xmp'].includes(tag)) out.push(tag);
    if (tag === 'form' && !ours.has(node.id)) out.push(tag);
    if (tag === 'script' && !/^\/(search|document)\.js$/.test(node.getAttribute('src'))) out.push(tag);
    if (tag === 'meta' && node.httpEquiv) out.push(tag);
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') out.push(`${tag} ${name}`);
      if ((name === 'href' || name === 'src' || name === 'action') && !/^https?:$/.test(new URL(value, location.href).protocol)) out.push(`${tag} ${name}=${value}`);
    }
  }
  if ('__x' in window) out.push('a script ran');
  return out;
};

async function harmless(page, address, wait) {
  await page.goto(address);
  await page.locator(wait).first().waitFor({ state: 'attached' });
  assert.deepEqual(await page.evaluate(foreign), [], address);
}

async function allHits() {
  const all = [];
  for (let number = 1; ; number += 1) {
    const { hits: some, pages } = await ask(`/api/v1/search?per_page=100&collapse=off&page=${number}`);
    all.push(...some);
    if (number >= pages) return all;
  }
}

test('The payloads are in the index as they were written', async () => {
  const all = await allHits();
  assert.equal(all.length, fields.length * many + addresses.length + many);
  const told = { title: (hit) => hit.title.text, source: (hit) => hit.source, author: (hit) => hit.author, place: (hit) => hit.place };
  for (const [field, read] of Object.entries(told)) {
    const survived = all.filter((hit) => chosen.includes(read(hit)));
    assert.ok(survived.length >= many * 0.8, `${survived.length} of ${many} in ${field}`);
  }
  assert.ok(all.filter(({ path: name }) => name.includes('__x')).length >= many * 0.5);
});

pageTest(`Results with ${many} payloads in every field run nothing`, {}, async (page) => {
  const all = await allHits();
  for (let number = 1; number <= Math.ceil(all.length / 10); number += 1) {
    await harmless(page, `/?sort=newest&collapse=off&page=${number}`, '.hit');
    for (const button of await page.locator('button[data-action=whole]').all()) await button.click();
    assert.deepEqual(await page.evaluate(foreign), []);
  }
  for (let number = 1; number <= Math.ceil(all.length / 100); number += 1) {
    await harmless(page, `/search?collapse=off&per_page=100&page=${number}`, '.hit');
  }
});

pageTest('Their documents run nothing', {}, async (page) => {
  for (const { id } of await allHits()) await harmless(page, `/doc/${id}?q=body`, 'article');
});

pageTest(`${many} payloads as queries, filters and addresses run nothing`, { says: resources }, async (page) => {
  const [{ id }] = await allHits();
  for (const payload of chosen) {
    const query = new URLSearchParams({ q: payload, source: payload, lang: payload });
    await harmless(page, `/?${query}`, '#nothing .big, .hit');
    assert.equal(await box(page).inputValue(), payload);
    await harmless(page, `/search?${query}`, '#nothing, .hit');
    await harmless(page, `/search?${new URLSearchParams({ [payload]: payload, hl: payload })}`, '#problem');
    await harmless(page, `/doc/${id}?${new URLSearchParams({ q: payload })}`, 'article');
    for (const route of [`/doc/${encodeURIComponent(payload)}`, `/${encodeURIComponent(payload)}`, `/api/v1/search?${query}`, `/api/v1/suggest?q=${encodeURIComponent(payload)}`]) {
      const response = await fetch(url() + route);
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

pageTest('Answers whose every text is a payload run nothing', {}, async (page) => {
  let payload;
  await page.route(/\/(api\/v1\/|readyz)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: poisoned(await response.json(), payload) });
  });
  for (payload of chosen.slice(0, 40)) {
    await harmless(page, '/?q=body', '.hit');
    await box(page).fill('');
    await box(page).pressSequentially('bod');
    await page.locator('#completions li').first().waitFor();
    await hits(page).first().waitFor();
    assert.deepEqual(await page.evaluate(foreign), []);
  }
});
