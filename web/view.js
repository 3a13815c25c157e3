// Builds what is seen, from DOM nodes and text only: nothing a document or a query holds is ever read as HTML.

import { ago, dateText, fullTime, languageName, say } from './strings.js';
import { href, sorts } from './state.js';

const $ = (id) => document.getElementById(id);
export const box = $('q');

const perScreen = 7; // language chips shown before "More…"
let allLangs = false;

// el('a', { href: '/' }, 'text', node, ...): an element; attributes that are null or false are left out.
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value != null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child != null && child !== ''));
  return node;
}

// A link to another state of this page; search.js follows it without a reload.
const go = (state, attributes, ...children) => el('a', { href: href(state), 'data-go': true, ...attributes }, ...children);

const marked = ({ parts, text } = {}) =>
  (parts ?? [{ t: text ?? '' }]).map(({ t, m }) => (m ? el('mark', {}, t) : t));

function webAddress(url) {
  try {
    const { protocol, href: address } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? address : null;
  } catch {
    return null;
  }
}

export function fillWords() {
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = say[node.dataset.text];
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', say[node.dataset.label]);
  box.placeholder = say.boxHint;
  $('sort').replaceChildren(...sorts.map((sort) => el('option', { value: sort }, say.sorts[sort])));
  $('keys').replaceChildren(...say.keys.map(([key, what]) => el('span', {}, el('kbd', {}, key), ` ${what}`)));
}

export function busy(on) {
  $('main').setAttribute('aria-busy', on);
}

// One of: start, results, problem. All else that differs between them is in style.css.
function show(view, state) {
  document.body.dataset.view = view;
  document.title = state.q.trim() ? `${state.q.trim()} – izde` : 'izde';
  for (const id of ['problem', 'notes', 'nothing']) $(id).replaceChildren();
  $('order').hidden = view !== 'results';
  if (view !== 'results') {
    $('langs').hidden = true;
    $('hits').replaceChildren();
    $('pages').hidden = true;
    $('count').textContent = '';
  }
}

export const start = (state) => show('start', state);

export function about(stats) {
  const parts = [say.documents(stats.documents)];
  const built = new Date(stats.built_at);
  if (!Number.isNaN(built.getTime())) {
    const time = el('time', { datetime: stats.built_at, title: fullTime(built) }, ago(built));
    parts.push(el('span', {}, say.built, time));
  }
  if (stats.documents > 0) {
    parts.push(go({ q: '', page: 1, sort: 'newest', langs: [] }, { class: 'browse' }, say.browse));
  }
  $('about').replaceChildren(...parts.map((part) => el('span', {}, part)));
}

// The chips: every language of the index, most documents first, and any other that the address names.
export function tools(state, byLang = {}) {
  $('sort').value = state.q.trim() || state.sort !== sorts[0] ? state.sort : 'newest'; // "everything" comes newest first
  const known = Object.keys(byLang).filter(Boolean).sort((a, b) => byLang[b] - byLang[a]);
  const langs = [...known, ...state.langs.filter((lang) => !known.includes(lang))];
  const shown = langs.filter((lang, i) => allLangs || i < perScreen || state.langs.includes(lang));
  const chips = shown.map((lang) => {
    const input = el('input', { type: 'checkbox', name: 'lang', value: lang, form: 'search' });
    input.checked = state.langs.includes(lang);
    return el('label', { class: 'chip' }, input, el('span', {}, languageName(lang)));
  });
  if (shown.length < langs.length) chips.push(el('button', { type: 'button', 'data-action': 'langs' }, say.moreLangs));
  const focused = $('langs').contains(document.activeElement) ? document.activeElement.value : null;
  $('langs').replaceChildren($('langs').firstElementChild, ...chips);
  $('langs').hidden = langs.length < 2 && !state.langs.length;
  if (focused != null) [...$('langs').querySelectorAll('input')].find((input) => input.value === focused)?.focus();
}

export function showAllLangs(state, byLang) {
  allLangs = true;
  tools(state, byLang);
  $('langs').querySelectorAll('input')[perScreen]?.focus();
}

const langOf = ({ lang }) => (lang && lang !== 'und' ? lang : null);

// A link where the document has a web address.
function heading(hit, attributes = {}) {
  const address = webAddress(hit.url);
  const title = hit.title?.parts?.length || hit.title?.text ? marked(hit.title) : [hit.path ?? hit.id];
  return address
    ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer', ...attributes }, ...title)
    : el('span', { tabindex: attributes.class && -1, ...attributes }, ...title);
}

function meta(hit, ...more) {
  const date = hit.date && dateText(hit.date);
  const items = [
    date && (hit.date.value ? el('time', { datetime: hit.date.value }, date) : date),
    ...[hit.source, hit.author, hit.place].map((name) => name && el('span', { lang: langOf(hit) }, name)),
    hit.path && el('span', { class: 'path' }, hit.path, hit.record ? `\u00a0#\u00a0${hit.record}` : ''),
    ...more,
  ];
  return items.filter(Boolean).map((item) => el('span', {}, item));
}

function similarButton({ id, similar }) {
  if (!(similar > 0)) return null;
  const attributes = { type: 'button', 'data-action': 'similar', 'data-id': id, 'aria-expanded': 'false' };
  return el('button', attributes, say.similar(similar));
}

export const isOpen = (button) => button.getAttribute('aria-expanded') === 'true';

// Under the hit that `button` belongs to: the documents of `answer`, a failure, or with neither nothing.
export function similar(button, { answer, failure, open = true }) {
  button.setAttribute('aria-expanded', open);
  const hit = button.closest('.hit');
  hit.querySelector('.similar')?.remove();
  if (failure) hit.append(el('p', { class: 'similar' }, failure.problem.detail ?? say.problems[failure.kind][0]));
  if (!answer) return;
  const items = answer.hits.map((one) =>
    el('li', {}, el('span', { lang: langOf(one), dir: 'auto' }, heading(one)), el('p', { class: 'meta' }, ...meta(one))));
  const left = answer.total - answer.hits.length;
  if (left > 0) items.push(el('li', {}, say.moreSimilar(left)));
  hit.append(el('ul', { class: 'similar' }, ...items));
}

function hit(hit) {
  const lang = langOf(hit);
  return el(
    'li',
    { class: 'hit' },
    el('h2', { lang, dir: 'auto' }, heading(hit, { class: 'stop' })),
    hit.snippet?.parts?.length ? el('p', { class: 'snippet', lang, dir: 'auto' }, ...marked(hit.snippet)) : null,
    el('p', { class: 'meta' }, hit.lang ? el('span', {}, languageName(hit.lang)) : null, ...meta(hit, similarButton(hit))),
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
    return at(n, { 'aria-label': say.pageLabel(n), 'aria-current': n === page && 'page' }, say.page(n));
  });
  if (page > 1) items.unshift(at(page - 1, { rel: 'prev', class: 'step' }, el('span', {}, say.previous)));
  if (page < pages) items.push(at(page + 1, { rel: 'next', class: 'step' }, el('span', {}, say.next)));
  $('pages').replaceChildren(...items);
}

function notes(state, answer) {
  const out = [];
  const { warnings = [], suggestion, expansions = [] } = answer.query ?? {};
  const meant = suggestion?.text ?? suggestion;
  if (meant) {
    out.push(el('p', {}, say.didYouMean, go({ ...state, q: meant, page: 1 }, {}, meant), '?'));
  }
  for (const warning of warnings) {
    out.push(el('p', { class: 'warning' }, typeof warning === 'string' ? warning : warning.message ?? warning.text ?? ''));
  }
  if (answer.timed_out) out.push(el('p', { class: 'warning' }, say.timedOut));
  const also = [...new Set(expansions.flatMap((expansion) => expansion.also ?? []))];
  if (also.length) {
    out.push(el('p', { class: 'quiet' }, say.alsoSearched, also.slice(0, 8).join(', ') + (also.length > 8 ? ', …' : '')));
  }
  $('notes').replaceChildren(...out);
}

function nothing(state, answer) {
  if (answer.total > 0) {
    return [
      el('p', { class: 'big' }, say.noSuchPage(state.page)),
      el('p', {}, go({ ...state, page: 1 }, {}, say.firstPage)),
    ];
  }
  const tries = say.tries.map((words) => el('li', {}, words));
  if (state.langs.length) tries.unshift(el('li', {}, go({ ...state, langs: [], page: 1 }, {}, say.tryAllLangs)));
  return [
    el('p', { class: 'big' }, say.nothing(state.q.trim())),
    state.q.trim() || state.langs.length ? el('p', {}, say.tryThis) : '',
    state.q.trim() || state.langs.length ? el('ul', {}, ...tries) : '',
  ];
}

export function results(state, answer, byLang) {
  const { total, page = state.page, pages = 0, hits } = answer;
  const walked = stops().indexOf(document.activeElement);
  const paged = $('pages').contains(document.activeElement) || $('nothing').contains(document.activeElement);
  show('results', state);
  tools(state, byLang);
  $('count').textContent = say.found({ total, exact: answer.total_exact !== false, ms: answer.took_ms ?? 0, page, pages });
  notes(state, answer);
  const list = $('hits');
  list.start = (page - 1) * (answer.per_page ?? 10) + 1;
  list.replaceChildren(...hits.map(hit));
  if (!hits.length) $('nothing').replaceChildren(...nothing(state, answer));
  paging(state, page, pages);
  if (walked >= 0) (stops()[walked] ?? box).focus({ preventScroll: true });
  if (paged) $('count').focus({ preventScroll: true });
}

export const inTrouble = () => document.body.dataset.view === 'problem';

export function problem(state, failure, quiet) {
  if (quiet && inTrouble() && $('problem').dataset.kind === failure.kind) return; // a screen reader would repeat it
  const [title, hint] = say.problems[failure.kind];
  const { title: theirTitle, detail, hint: theirHint, request_id: request } = failure.problem;
  const own = failure.kind === 'noindex'; // our words say what to do; the server's may not
  const lines = own ? [hint] : [detail, theirHint ?? (detail ? '' : hint)];
  const retrying = document.activeElement?.dataset.action === 'retry';
  show('problem', state);
  $('problem').dataset.kind = failure.kind;
  const retry = failure.canRetry ? el('button', { type: 'button', 'data-action': 'retry' }, say.retry) : null;
  $('problem').replaceChildren(
    el('p', { class: 'big' }, own ? title : theirTitle || title),
    ...lines.filter(Boolean).map((line) => el('p', {}, line)),
    failure.kind === 'request' && state.page > 1 ? el('p', {}, go({ ...state, page: 1 }, {}, say.firstPage)) : '',
    failure.status && !own ? el('p', { class: 'quiet' }, say.reference(failure.status, request)) : '',
    retry ?? '',
  );
  if (retrying) retry?.focus();
}

// The places the arrow keys stop at: one for each hit.
export const stops = () => [...document.querySelectorAll('#hits .stop')];
export const stopOf = (node) => node?.closest('.hit')?.querySelector('.stop') ?? node;
