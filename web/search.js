// The page's behaviour: what the user does changes the address, and the address decides what is shown.

import * as api from './api.js';
import * as view from './view.js';
import { href, isStart, params, read } from './state.js';

const typingPause = 120; // ms
const kept = 30; // answers remembered, so that Back shows them at once and where they were scrolled to

const { box } = view;
let state = read(location.search);
let stats = null;
let asking = null; // AbortController of the question under way
let typing = 0; // timers
let again = 0;
const answers = new Map();

function remember(key, answer) {
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > kept) answers.delete(answers.keys().next().value);
}

async function learnStats(controller) {
  const answer = await api.stats(controller);
  if (!answer) return;
  stats = answer;
  view.about(stats);
  if (document.body.dataset.view === 'results') view.tools(state, stats.by?.lang);
}

function fail(failure, quiet) {
  if (!(failure instanceof api.Failure)) throw failure;
  view.problem(state, failure, quiet);
  const waits = { busy: failure.retryAfter || 2, noindex: Math.min(failure.retryAfter || 3, 5) };
  if (failure.kind in waits) again = setTimeout(run, waits[failure.kind] * 1000, { quiet: true });
}

// Shows the current state. Whatever was asked before is dropped, so a late answer can never replace a newer one.
// `remembered`: an answer had before will do. `quiet`: the page asks by itself, so the same trouble is not said again.
async function run({ remembered = false, quiet = false } = {}) {
  clearTimeout(typing);
  clearTimeout(again);
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const key = params(state).toString();
  try {
    if (isStart(state)) {
      if (!view.inTrouble()) view.start(state);
      await learnStats(mine);
      if (asking === mine) view.start(state);
      return;
    }
    if (remembered && answers.has(key)) {
      view.results(state, answers.get(key), stats?.by?.lang);
      return;
    }
    view.busy(true);
    const answer = await api.search(params(state), mine);
    if (!answer) return;
    remember(key, answer);
    view.results(state, answer, stats?.by?.lang);
    // The side show: its failure must not hide the results.
    if (stats?.generation !== answer.index?.generation || !stats) learnStats().catch(() => {});
  } catch (failure) {
    if (asking === mine) fail(failure, quiet);
  } finally {
    if (asking === mine) view.busy(false);
  }
}

// A step that Back should undo. Leaves no second entry for the same address.
function push(next) {
  state = next;
  if (href(state) === location.pathname + location.search) history.replaceState(null, '');
  else history.pushState(null, '', href(state));
}

// Typing: the first letter makes a new entry (so that Back finds what was there before), the next ones overwrite it.
function draft(next) {
  state = next;
  if (history.state?.draft) history.replaceState({ draft: true }, '', href(state));
  else if (href(state) !== location.pathname + location.search) history.pushState({ draft: true }, '', href(state));
}

function submit() {
  const next = { ...state, q: box.value, page: 1 };
  if (!history.state?.draft) {
    push(box.value === state.q ? state : next);
  } else {
    state = box.value === state.q ? state : next;
    history.replaceState(null, '', href(state));
  }
  run();
}

function typed() {
  if (box.value === state.q) return;
  draft({ ...state, q: box.value, page: 1 });
  run();
}

function step(next) {
  push(next);
  box.value = state.q;
  scrollTo(0, 0);
  run();
}

// ---- the box

box.addEventListener('input', (event) => {
  clearTimeout(typing);
  if (event.isComposing) return; // an input method is still choosing characters
  typing = setTimeout(typed, typingPause);
});
box.addEventListener('compositionend', () => {
  clearTimeout(typing);
  typing = setTimeout(typed, typingPause);
});

document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
  if (matchMedia('(pointer: coarse)').matches) box.blur(); // puts the on-screen keyboard away
});

// ---- filters, links, buttons

async function toggleSimilar(button) {
  const open = !view.isOpen(button);
  view.similar(button, { open });
  if (!open) return;
  try {
    const answer = await api.similar(button.dataset.id);
    if (view.isOpen(button)) view.similar(button, { answer });
  } catch (failure) {
    if (!(failure instanceof api.Failure)) throw failure;
    if (view.isOpen(button)) view.similar(button, { failure });
  }
}

document.getElementById('sort').addEventListener('change', (event) => {
  step({ ...state, q: box.value, sort: event.target.value, page: 1 });
});

document.getElementById('langs').addEventListener('change', () => {
  const langs = [...document.querySelectorAll('#langs input:checked')].map((input) => input.value);
  step({ ...state, q: box.value, langs, page: 1 });
});

document.addEventListener('click', (event) => {
  const target = event.target.closest('a[data-go], button[data-action]');
  if (!target) return;
  if (target.dataset.action === 'retry') run();
  if (target.dataset.action === 'similar') toggleSimilar(target);
  if (target.dataset.action === 'langs') view.showAllLangs(state, stats?.by?.lang);
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (target.dataset.go === undefined || !plain) return;
  event.preventDefault();
  step(read(target.search));
  if (isStart(state)) box.focus();
});

// ---- the keyboard

// Moves by one hit; above the first is the box.
function walk(by) {
  const stops = view.stops();
  const at = stops.indexOf(view.stopOf(document.activeElement));
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

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  const key = shortcut(event);
  let done = false;
  if (target === box) {
    if (key === 'ArrowDown') done = walk(1);
    if (key === 'Escape') {
      if (box.value === '') box.blur();
      box.value = '';
      typed();
      done = true;
    }
  } else if (target.closest?.('select')) {
    return; // letters choose an option there
  } else if (key === '/') {
    box.focus();
    box.select();
    done = true;
  } else if (target.closest?.('#hits') && key === 'Escape') {
    box.focus();
    done = true;
  } else if (key === 'j' || (key === 'ArrowDown' && target.closest?.('#hits'))) {
    done = walk(1);
  } else if (key === 'k' || (key === 'ArrowUp' && target.closest?.('#hits'))) {
    done = walk(-1);
  }
  if (done) event.preventDefault();
});

// ---- the world outside

addEventListener('popstate', () => {
  state = read(location.search);
  box.value = state.q;
  run({ remembered: true });
});

addEventListener('online', () => {
  if (view.inTrouble()) run();
});

view.fillWords();
if (!state.q && box.value) {
  typed(); // letters typed before this script was here
} else {
  box.value = state.q;
  run();
}
if (isStart(state)) box.focus();
