// What a script can add to a document that the server has rendered: the way from mark to mark, copying, the way back.

import { say } from './words.js';
import { el } from './dom.js';

const marks = [...document.querySelectorAll('.story mark')];
const still = matchMedia('(prefers-reduced-motion: reduce)');
let at = -1;

const place = el('span', { role: 'status' });

function step(by) {
  marks[at]?.classList.remove('here');
  at = (at + by + marks.length) % marks.length;
  marks[at].classList.add('here');
  marks[at].scrollIntoView({ block: 'center', behavior: still.matches ? 'auto' : 'smooth' });
  place.textContent = say('marks', { n: at + 1, m: marks.length });
}

function button(name, sign, by) {
  const node = el('button', { type: 'button', 'aria-label': say(name), title: say(name) }, sign);
  node.addEventListener('click', () => step(by));
  return node;
}

if (marks.length) {
  place.textContent = say('found', { n: marks.length });
  const bar = el('div', { id: 'marks', role: 'group' }, place, button('previousMark', '↑', -1), button('nextMark', '↓', 1));
  document.querySelector('.story').after(bar);
}

// A Cyrillic layout has other letters on the keys of "n" and "p".
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, select')) return;
  const key = /^\p{Script=Cyrillic}$/u.test(event.key) ? { KeyN: 'n', KeyP: 'p' }[event.code] : event.key;
  if (key === '/') {
    const box = document.getElementById('q');
    box.focus();
    box.select();
  } else if ((key === 'n' || key === 'p') && marks.length) {
    step(key === 'n' ? 1 : at < 0 ? 0 : -1);
  } else {
    return;
  }
  event.preventDefault();
});

const cite = document.getElementById('cite');
if (cite && navigator.clipboard) {
  const copy = el('button', { type: 'button', id: 'copy' }, say('copy'));
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(cite.textContent);
      copy.textContent = say('copied');
    } catch {
      getSelection().selectAllChildren(cite); // not allowed: then it is one key away
    }
  });
  cite.after(copy);
}

// Back to the results that led here: as they were, scrolled and filtered, where they are one step back.
const back = document.getElementById('back');
const [results, entry] = JSON.parse(sessionStorage.getItem(location.pathname)) ?? [];
if (back) {
  back.href = results ?? `/${location.search}`;
  back.addEventListener('click', (event) => {
    const { navigation } = window; // older browsers have none, and load the results anew
    if (!entry || navigation.entries()[navigation.currentEntry.index - 1]?.key !== entry) return;
    event.preventDefault();
    history.back();
  });
}
document.getElementById('search').action = '/';
