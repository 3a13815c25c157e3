// Nodes from values: nothing that a document or a query holds is ever read as HTML.

import { href } from './state.js';

export const $ = (id) => document.getElementById(id);

// el('a', { href: '/' }, 'text', node, ...): an element; attributes and children that are null or false are left out.
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value != null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child != null && child !== false && child !== ''));
  return node;
}

// A link to another state of this page; search.js follows it without a reload.
export const go = (state, attributes, ...children) => el('a', { href: href(state), 'data-go': true, ...attributes }, ...children);

export const marked = ({ parts, text } = {}) =>
  (parts ?? [{ t: text ?? '' }]).map(({ t, m }) => (m ? el('mark', {}, t) : t));

export function webAddress(url) {
  try {
    const { protocol, href: address } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? address : null;
  } catch {
    return null;
  }
}

export const langOf = ({ lang }) => (lang && lang !== 'und' ? lang : null);
