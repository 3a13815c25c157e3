// The page's behaviour: what the user does changes the address, and the address decides what is shown.

import { choose, say, tongue, tongues } from './words.js';
import * as api from './api.js';
import * as complete from './complete.js';
import * as filters from './filters.js';
import * as hits from './hits.js';
import * as notes from './notes.js';
import { $, el } from './dom.js';
import { but, facets, href, isStart, params, read, sorts } from './state.js';

const kept = 30; // answers remembered, so that Back shows them at once and where they were scrolled to
const overtaken = 80; // ms that an answer may take before newer letters give it up
const slow = 1000; // ms without an answer before the page says that it is searching
const hush = 700; // ms without a new letter before a count is read out, and warnings are given

const box = $('q');
let state = read(location.search);
let ready = null; // what /readyz last said
let asking = null; // { controller, since, key } of the question under way
let typing = 0; // timers
let again = 0;
let saying = 0;
let warning = 0;
let waiting = 0;
const answers = new Map();

history.scrollRestoration = 'manual'; // the hits are there only after the answer

// ---- views

// One of: start, results, problem. All else that differs between them is in style.css.
function view(name) {
  clearTimeout(warning);
  document.body.dataset.view = name;
  document.title = state.q.trim() ? `${state.q.trim()} – izde` : 'izde';
  for (const id of ['problem', 'notes', 'nothing']) $(id).replaceChildren();
  for (const id of ['order', 'show-rail', 'rail']) $(id).hidden = name !== 'results';
  $('take').hidden = true;
  if (name === 'results') return;
  hits.clear();
  $('chips').hidden = true;
  $('count').textContent = '';
}

function announce(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { $('said').textContent = text; }, hush);
}

// Half a query is full of mistakes: what is still being typed is not complained of, and the hits stay where they are.
function note(answer) {
  clearTimeout(warning);
  const early = history.state?.draft && document.activeElement === box;
  notes.show(state, early ? { ...answer, query: { ...answer.query, warnings: [] } } : answer);
  if (early && answer.query?.warnings?.length) warning = setTimeout(() => notes.show(state, answer), hush);
}

function takeAway(q) {
  $('take').hidden = false;
  const query = params({ ...state, q, page: 1 });
  const [feed, csv] = ['/feed.atom', '/export.csv'].map((route) => (query.size ? `${route}?${query}` : route));
  $('feed').setAttribute('href', feed);
  $('take').replaceChildren(el('a', { href: feed, type: 'application/atom+xml' }, say('feed')), el('a', { href: csv, download: true }, say('csv')));
}

function results(answer, q) {
  const walked = hits.stops().indexOf(document.activeElement);
  const lost = ['pages', 'nothing', 'chips', 'notes'].some((id) => $(id).contains(document.activeElement));
  view('results');
  $('sort').value = state.q.trim() || state.sort !== sorts[0] ? state.sort : 'newest'; // "everything" comes newest first
  $('count').replaceChildren(...notes.counted(answer));
  announce($('count').textContent);
  filters.chips(state);
  note(answer);
  hits.show(state, answer, q);
  if (!answer.hits.length) $('nothing').replaceChildren(...notes.nothing(state, answer));
  if (answer.hits.length) takeAway(q);
  if (walked >= 0) (hits.stops()[walked] ?? box).focus({ preventScroll: true });
  if (lost) $('count').focus({ preventScroll: true });
}

const counts = (answer) =>
  Object.fromEntries(Object.entries(answer.facets ?? {}).map(([name, values]) => [name, { values, other: answer.facets_other?.[name] ?? 0 }]));

// ---- asking

// The answer to one state, with the counts of all that its rail shows.
async function askFor(one, controller) {
  const query = params(one);
  query.set('facets', [...facets, filters.timeFacet(one)]);
  query.set('facet_counts', 'choices');
  const answer = await api.search(query, controller);
  return answer && { answer, all: counts(answer), q: one.q };
}

// Where nothing is found, the last word may be one that is still being typed: then what begins so is shown.
async function ask(controller) {
  const found = await askFor(state, controller);
  if (found?.answer.total !== 0 || !/^[^"“”«»„「『《]*[\p{L}\p{N}]{2}$/u.test(state.q)) return found;
  const begun = await askFor({ ...state, q: `${state.q}*` }, controller);
  if (!begun?.answer.total) return begun && found;
  begun.answer.query = { ...found.answer.query, begun: state.q };
  return begun;
}

function show({ answer, all, q }) {
  results(answer, q);
  filters.show(state, all);
}

async function learnReady(controller) {
  ready = await api.ready(controller) ?? ready;
  if (ready) notes.about(ready);
}

function remember(key, answer) {
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > kept) answers.delete(answers.keys().next().value);
}

function fail(failure, quiet) {
  if (!(failure instanceof api.Failure)) throw failure;
  if (!quiet || !notes.isSaid(failure)) {
    view('problem');
    notes.problem(state, failure);
  }
  const waits = { busy: failure.retryAfter || 2, noindex: Math.min(failure.retryAfter || 3, 5), badindex: 5, unreachable: 3 };
  if (failure.kind in waits) again = setTimeout(run, waits[failure.kind] * 1000, { quiet: true });
}

// Shows the current state. Whatever was asked before is dropped, so a late answer can never replace a newer one.
// `remembered`: an answer had before will do. `quiet`: the page asks by itself, so the same trouble is not said again.
async function run({ remembered = false, quiet = false } = {}) {
  clearTimeout(typing);
  clearTimeout(again);
  clearTimeout(waiting);
  asking?.controller.abort();
  const controller = new AbortController();
  const mine = { controller, since: performance.now() };
  asking = mine;
  const key = params(state).toString();
  try {
    if (isStart(state)) {
      if (!notes.inTrouble()) view('start');
      await learnReady(controller);
      if (asking === mine) view('start');
      return;
    }
    if (remembered && answers.has(key)) {
      show(answers.get(key));
      return;
    }
    $('main').setAttribute('aria-busy', 'true');
    waiting = setTimeout(() => { $('count').textContent = say('asking'); }, slow);
    const found = await ask(controller);
    if (!found || asking !== mine) return;
    remember(key, found);
    show(found);
    // The side show: its failure must not hide the results.
    if (ready?.generation !== found.answer.index?.generation) learnReady().catch(() => {});
  } catch (failure) {
    if (asking === mine) fail(failure, quiet);
  } finally {
    if (asking === mine) {
      clearTimeout(waiting);
      asking = null;
      $('main').setAttribute('aria-busy', 'false');
    }
  }
}

// ---- the address

// Where the reader was, kept with the entry of the history that is being left.
function leave() {
  const focus = document.activeElement?.id;
  history.replaceState({ ...history.state, scroll: scrollY, focus }, '');
}

// To a document, which will offer the way back.
function leaveFor(path) {
  leave();
  sessionStorage.setItem(path, JSON.stringify([location.href, window.navigation?.currentEntry.key]));
}

function arrive({ scroll = 0, focus } = {}) {
  const node = focus && $(focus);
  if (node && node !== box) node.focus({ preventScroll: true });
  scrollTo(0, scroll);
}

// A step that Back should undo. Leaves no second entry for the same address.
function push(next) {
  state = next;
  if (href(state) === location.pathname + location.search) history.replaceState(null, '');
  else {
    leave();
    history.pushState(null, '', href(state));
  }
}

// Typing: the first letter makes a new entry (so that Back finds what was there before), the next ones overwrite it.
function draft(next) {
  state = next;
  if (history.state?.draft) history.replaceState({ draft: true }, '', href(state));
  else if (href(state) !== location.pathname + location.search) {
    leave();
    history.pushState({ draft: true }, '', href(state));
  }
}

function step(next) {
  complete.close();
  push(next);
  box.value = state.q;
  scrollTo(0, 0);
  return run();
}

function submit() {
  complete.close();
  const next = box.value === state.q ? state : but(state, { q: box.value });
  if (history.state?.draft) {
    state = next;
    history.replaceState(null, '', href(state));
  } else {
    push(next);
  }
  run();
}

// ---- the box

function typed() {
  if (box.value === state.q) return;
  draft(but(state, { q: box.value }));
  complete.ask();
  run();
}

// The first letter asks at once. The next ones wait until its answer is there or is taking too long: then the latest asks.
function letters() {
  clearTimeout(typing);
  const waited = asking ? performance.now() - asking.since : overtaken;
  if (waited >= overtaken) typed();
  else typing = setTimeout(letters, 15);
}

box.addEventListener('input', (event) => {
  if (!event.isComposing) letters(); // else an input method is still choosing characters
});
box.addEventListener('compositionend', letters);
box.addEventListener('blur', () => complete.close());

$('search').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
  if (matchMedia('(pointer: coarse)').matches) box.blur(); // puts the on-screen keyboard away
});

complete.onPick(({ text, id }) => {
  if (id) {
    const path = `/doc/${encodeURIComponent(id)}`;
    leaveFor(path);
    location.assign(`${path}?${new URLSearchParams({ q: text })}`);
    return;
  }
  box.value = text;
  submit();
});

// ---- filters, links, buttons

async function toggleSimilar(button) {
  const open = !hits.isOpen(button);
  hits.similar(button, state.q, { open });
  if (!open) return;
  try {
    const answer = await api.similar(button.dataset.id);
    if (hits.isOpen(button)) hits.similar(button, state.q, { answer });
  } catch (failure) {
    if (!(failure instanceof api.Failure)) throw failure;
    if (hits.isOpen(button)) hits.similar(button, state.q, { failure });
  }
}

function showRail(open) {
  $('show-rail').setAttribute('aria-expanded', open);
  document.body.toggleAttribute('data-rail', open);
  if (open) $('rail').focus({ preventScroll: true });
}

$('sort').addEventListener('change', (event) => step(but(state, { q: box.value, sort: event.target.value })));
$('show-rail').addEventListener('click', (event) => showRail(event.target.getAttribute('aria-expanded') !== 'true'));

$('rail').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  form.lastElementChild.hidden = form.checkValidity();
  if (!form.checkValidity()) return;
  const { from, to } = form.elements;
  document.activeElement.blur();
  step(but(state, { from: from.value, to: to.value }));
});

const actions = {
  retry: () => run(),
  similar: toggleSimilar,
  whole: ({ dataset }) => {
    filters.toggleWhole(dataset.facet);
    filters.show(state, answers.get(params(state).toString()).all);
  },
};

document.addEventListener('click', (event) => {
  const target = event.target.closest('a[href], button[data-action]');
  if (!target) return;
  actions[target.dataset.action]?.(target);
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!plain) return;
  if (target.dataset.go === undefined) {
    if (target.pathname?.startsWith('/doc/')) leaveFor(target.pathname);
    return;
  }
  event.preventDefault();
  const next = read(target.search);
  if ($('rail').contains(target)) Object.assign(next, { q: box.value });
  step(next);
  if (isStart(state)) box.focus();
});

// ---- the keyboard

// Moves by one hit; above the first is the box.
function walk(by) {
  const stops = hits.stops();
  const at = stops.indexOf(hits.stopOf(document.activeElement));
  if (at + by < 0) {
    if (at === 0) box.focus();
    return at === 0;
  }
  const next = stops[at + by];
  next?.focus();
  next?.closest('.hit').scrollIntoView({ block: 'nearest' });
  return Boolean(next) || at >= 0;
}

// The shortcut a key press means. A Cyrillic layout has other characters on the keys of "/", "j" and "k".
function shortcut({ key, code }) {
  if (code === 'Slash' && (key === '.' || key === '№')) return '/';
  if (/^\p{Script=Cyrillic}$/u.test(key)) return { KeyJ: 'j', KeyK: 'k' }[code] ?? key;
  return key;
}

function inBox(key) {
  if (complete.key(key)) return true;
  if (key === 'ArrowDown') {
    complete.close();
    return walk(1);
  }
  if (key !== 'Escape') return false;
  if (box.value === '') box.blur();
  box.value = '';
  typed();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  const key = shortcut(event);
  const among = target.closest?.('#hits');
  let done = false;
  if (target === box) done = inBox(key);
  else if (target.closest?.('select, input')) return; // letters mean something else there
  else if (key === '/') {
    box.focus();
    box.select();
    done = true;
  } else if (among && key === 'Escape') {
    box.focus();
    done = true;
  } else if (key === 'j' || (key === 'ArrowDown' && among)) {
    done = walk(1);
  } else if (key === 'k' || (key === 'ArrowUp' && among)) {
    done = walk(-1);
  }
  if (done) event.preventDefault();
});

// ---- the world outside

addEventListener('popstate', async (event) => {
  complete.close();
  state = read(location.search);
  box.value = state.q;
  await run({ remembered: true });
  arrive(event.state ?? {});
});

addEventListener('pagehide', leave);
addEventListener('online', () => {
  if (notes.inTrouble()) run();
});

// ---- the start

function fillWords() {
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', say(node.dataset.label));
  box.placeholder = say('box');
  $('sort').replaceChildren(...sorts.map((sort) => el('option', { value: sort }, say(sort))));
  const keys = [['/', 'keySearch'], ['↓ ↑', 'keyWalk'], ['Enter', 'keyOpen'], ['Esc', 'keyClear']];
  $('keys').replaceChildren(...keys.map(([key, what]) => el('span', {}, el('kbd', {}, key), ` ${say(what)}`)));
  const select = $('tongue').querySelector('select');
  select.replaceChildren(...Object.entries(tongues).map(([code, name]) => el('option', { value: code, lang: code }, name)));
  select.value = tongue;
  select.addEventListener('change', () => {
    leave();
    choose(select.value);
  });
}

fillWords();
if (!isStart(state)) document.body.dataset.view = 'results'; // their place, before they are there
if (!state.q && box.value) {
  typed(); // letters typed before this script was here
} else {
  const { state: before } = history;
  box.value = state.q;
  run().then(() => before && arrive(before));
}
if (isStart(state)) box.focus();
