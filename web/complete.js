// The list of completions under the box: an ARIA combobox whose focus stays in the box.

import * as api from './api.js';
import { $, el } from './dom.js';

const box = $('q');
const list = $('completions');
let asking = null;
let at = -1;
let pick = () => {};

export const isOpen = () => !list.hidden;
export const onPick = (action) => { pick = action; };

function choose(index) {
  at = index;
  [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at));
  if (at < 0) box.removeAttribute('aria-activedescendant');
  else box.setAttribute('aria-activedescendant', list.children[at].id);
  list.children[at]?.scrollIntoView({ block: 'nearest' });
}

export function close() {
  asking?.abort();
  list.hidden = true;
  box.setAttribute('aria-expanded', 'false');
  choose(-1);
}

// What was typed in plain letters, what is added in bold: the eye looks for the difference.
function lettered(text, typed) {
  const same = text.toLowerCase().startsWith(typed.toLowerCase()) ? typed.length : 0;
  return same ? [text.slice(0, same), el('b', {}, text.slice(same))] : [text];
}

function show(typed, suggestions) {
  const items = suggestions.filter(({ text, id }) => id || text !== typed.trim());
  if (!items.length) return close();
  list.replaceChildren(...items.map(({ text, id }, i) => {
    const attributes = { role: 'option', id: `completion-${i}`, dir: 'auto', 'aria-selected': 'false', class: id ? 'title' : 'words' };
    const item = el('li', attributes, ...(id ? [text] : lettered(text, typed)));
    item.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays in the box
    item.addEventListener('click', () => pick({ text, id }));
    return item;
  }));
  list.hidden = false;
  box.setAttribute('aria-expanded', 'true');
  choose(-1);
  list.pickAt = (index) => pick(items[index]);
  return undefined;
}

// Completions are a help, not a promise: where they cannot be had, there are none.
export async function ask() {
  asking?.abort();
  const typed = box.value;
  if (!typed.trim()) return close();
  const mine = new AbortController();
  asking = mine;
  try {
    const answer = await api.suggest(typed, mine);
    if (!answer || asking !== mine || box.value !== typed || document.activeElement !== box) return undefined;
    if (at < 0) show(typed, answer.suggestions); // else somebody is choosing
  } catch (failure) {
    if (!(failure instanceof api.Failure)) throw failure;
    close();
  }
  return undefined;
}

// Whether the key meant the list. Past its ends the choice returns to the box, and 'ArrowDown' goes on to the hits.
export function key(name) {
  if (!isOpen()) return false;
  const last = list.children.length - 1;
  if (name === 'Escape') close();
  else if (name === 'ArrowDown' && at < last) choose(at + 1);
  else if (name === 'ArrowUp') choose(at < 0 ? last : at - 1);
  else if (name === 'Enter' && at >= 0) list.pickAt(at);
  else return false;
  return true;
}
