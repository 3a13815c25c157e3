// The hits of an answer and the links to its other pages.

import { dateText, languageName, number, say } from './words.js';
import { $, el, go, langOf, marked, webAddress } from './dom.js';

const documentHref = ({ id }, q) => `/doc/${encodeURIComponent(id)}${q.trim() ? `?${new URLSearchParams({ q })}` : ''}`;

function heading(hit, q, attributes = {}) {
  const named = hit.title?.parts?.length || hit.title?.text;
  return el('a', { href: documentHref(hit, q), ...attributes }, ...(named ? marked(hit.title) : [hit.path ?? hit.id]));
}

function original({ url }) {
  const address = webAddress(url);
  return address && el('a', { href: address, target: '_blank', rel: 'noopener noreferrer', class: 'out' }, new URL(address).hostname.replace(/^www\./, ''));
}

function meta(hit) {
  const date = hit.date && dateText(hit.date);
  const items = [
    ...['source', 'place', 'author'].map((name) => hit[name] && el('span', { lang: langOf(hit), class: name }, hit[name])),
    date && (hit.date.value ? el('time', { datetime: hit.date.value }, date) : date),
    hit.lang && languageName(hit.lang),
    original(hit) ?? el('span', { class: 'path' }, hit.path, hit.record && ` # ${hit.record}`),
  ];
  return items.filter(Boolean).map((item) => el('span', {}, item));
}

function similarButton({ id, similar }) {
  if (!(similar > 0)) return null;
  return el('button', { type: 'button', 'data-action': 'similar', 'data-id': id, 'aria-expanded': 'false' }, say('similar', { n: similar }));
}

export const isOpen = (button) => button.getAttribute('aria-expanded') === 'true';

// Under the hit that `button` belongs to: the documents of `answer`, a failure, or with neither nothing.
export function similar(button, q, { answer, failure, open = true }) {
  button.setAttribute('aria-expanded', open);
  const hit = button.closest('.hit');
  hit.querySelector('.similar')?.remove();
  if (failure) hit.append(el('p', { class: 'similar' }, failure.problem.detail ?? say(failure.kind)));
  if (!answer) return;
  const items = answer.hits.map((one) =>
    el('li', {}, el('span', { lang: langOf(one), dir: 'auto' }, heading(one, q)), el('p', { class: 'meta' }, ...meta(one))));
  const left = answer.total - answer.hits.length;
  if (left > 0) items.push(el('li', {}, say('moreSimilar', { n: left })));
  hit.append(el('ul', { class: 'similar' }, ...items));
}

function hit(hit, q) {
  const lang = langOf(hit);
  return el(
    'li',
    { class: 'hit' },
    el('h2', { lang, dir: 'auto' }, heading(hit, q, { class: 'stop', id: `d${hit.id}` })),
    el('p', { class: 'meta' }, ...meta(hit)),
    hit.snippet?.parts?.length ? el('p', { class: 'snippet', lang, dir: 'auto' }, ...marked(hit.snippet)) : null,
    similarButton(hit),
  );
}

// 1 … 4 [5] 6 … 20; null stands for a gap, and no gap hides a single page.
function pageNumbers(page, pages) {
  const wanted = new Set([1, page - 1, page, page + 1, pages]);
  const numbers = [...wanted].filter((n) => n >= 1 && n <= pages).sort((a, b) => a - b);
  return numbers.flatMap((n, i) => {
    const skipped = i ? n - numbers[i - 1] - 1 : 0;
    return skipped === 0 ? [n] : [skipped === 1 ? n - 1 : null, n];
  });
}

function paging(state, page, pages) {
  $('pages').hidden = pages < 2;
  if (pages < 2) return;
  const at = (n, attributes, words) => go({ ...state, page: n }, attributes, words);
  const items = pageNumbers(page, pages).map((n) => {
    if (n === null) return el('span', { class: 'gap', 'aria-hidden': 'true' }, '…');
    return at(n, { 'aria-label': say('page', { n }), 'aria-current': n === page && 'page' }, number(n));
  });
  if (page > 1) items.unshift(at(page - 1, { rel: 'prev', class: 'step' }, el('span', {}, say('previous'))));
  if (page < pages) items.push(at(page + 1, { rel: 'next', class: 'step' }, el('span', {}, say('next'))));
  $('pages').replaceChildren(...items);
}

// `q` is what the answer is to.
export function show(state, answer, q) {
  const { page = state.page, pages = 0, hits } = answer;
  const list = $('hits');
  list.start = (page - 1) * (answer.per_page ?? 10) + 1;
  list.replaceChildren(...hits.map((one) => hit(one, q)));
  paging(state, page, pages);
}

export function clear() {
  $('hits').replaceChildren();
  $('pages').hidden = true;
}

// The places the arrow keys stop at: one for each hit.
export const stops = () => [...document.querySelectorAll('#hits .stop')];
export const stopOf = (node) => node?.closest('.hit')?.querySelector('.stop') ?? node;
