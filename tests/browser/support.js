// What the tests of the page share: one daemon over one index, one browser, and a page of its own for each test,
// which also fails on any console error, policy violation, or request to another host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { rebuild, remove, serve, temporaryFolder } from './daemon.js';

let index;
let daemon;
let browser;

export const theIndex = () => index;
export const url = () => daemon.url;

// To be called once in a file of tests. `fill` puts the documents into the folder it is given; without it the samples
// are indexed.
export function world(fill) {
  before(async () => {
    index = await temporaryFolder();
    const sources = fill && (await temporaryFolder());
    await fill?.(sources);
    await rebuild(index, fill && [sources]);
    if (fill) await remove(sources);
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
}

const timeout = process.env.IZDE_PAYLOADS ? 3600000 : 120000; // ms; the many payloads of the soak take their time

// `says`: what the browser is expected to say on its console, as the answers to failed requests.
// `start`: starts a daemon for this test alone.
export function pageTest(name, { says, start, ...options }, body) {
  test(name, { timeout }, async () => {
    const server = start ? await start() : daemon;
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB', ...options });
    context.setDefaultTimeout(10000);
    const complaints = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(`${server.url}/`)) complaints.push(`request to ${request.url()}`);
    });
    context.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    context.on('page', (page) => {
      page.on('pageerror', (error) => complaints.push(`exception: ${error.stack || error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()) && !says?.test(message.text())) complaints.push(message.text());
      });
    });
    const page = await context.newPage();
    try {
      await body(page, { complaints, server });
      assert.deepEqual(complaints, []);
    } finally {
      await context.unrouteAll({ behavior: 'ignoreErrors' }); // of requests that are still under way
      await context.close();
      if (start) await server.stop();
    }
  });
}

export async function serveNothing() {
  const empty = await temporaryFolder();
  const server = await serve(empty);
  return { ...server, index: empty, stop: () => server.stop().then(() => remove(empty)) };
}

export async function eventually(check, patience = 10000) {
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

export async function ask(route) {
  const response = await fetch(daemon.url + route);
  assert.equal(response.status, 200, `${route} answers ${response.status}`);
  return response.json();
}

export const search = (parameters) => ask(`/api/v1/search?${new URLSearchParams(parameters)}`);

// A query whose results fill more than one page.
export async function wideQuery() {
  for (const q of ['water OR steppe OR степной OR Алматы OR 晚报', 'the OR и OR және OR 晚报']) {
    if ((await search({ q })).pages > 1) return q;
  }
  return assert.fail('the samples hold no query with more than one page of results');
}

// The start page, its script at work.
export async function open(page) {
  await page.goto('/');
  await page.locator('#keys kbd').first().waitFor();
}

export const box = (page) => page.locator('#q');
export const rail = (page) => page.getByRole('complementary', { name: 'Filters' });
export const hits = (page) => page.locator('#hits > li');
export const titles = async (page) => (await hits(page).locator('h2').allTextContents()).map((text) => text.trim());
export const titlesOf = (answer) => answer.hits.map((hit) => hit.title.text.trim());
export const parameters = (page) => new URL(page.url()).searchParams;
const isFocused = (locator) => locator.evaluate((node) => node === document.activeElement);
export const focused = (locator) => eventually(async () => assert.ok(await isFocused(locator), 'has the focus'));

export async function shows(page, answer) {
  await eventually(async () => assert.deepEqual(await titles(page), titlesOf(answer)));
}

export async function fitsItsWidth(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${content} px of content in a window of ${window} px`);
}

// Lets the daemon answer, then changes what the page gets to see of it.
export async function rewriteAnswers(page, change) {
  await page.route('**/api/v1/search?*', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    change(answer);
    await route.fulfill({ response, json: answer });
  });
}

export const resources = /^Failed to load resource/;
