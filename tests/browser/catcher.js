// Catches what a payload does to a page: a script that ran, an element or an attribute that our pages never have, a
// request that they never make. Dialogs, exceptions, violations of the policy and requests to other hosts are caught
// by support.js, for every test.

// Runs in the page. Everything in it that it would not hold without the payloads.
const foreign = () => {
  const ours = new Set(('html head meta title link script body noscript a b bdi p div span header h1 h2 h3 form label input ul ol li button svg circle '
    + 'path main aside section nav select option time kbd mark footer article dl dt dd small cite details summary').split(' '));
  const forms = new Set(['search', 'range']);
  const out = [];
  for (const node of document.querySelectorAll('*')) {
    const tag = node.localName;
    if (!ours.has(tag)) out.push(tag);
    if (tag === 'form' && !forms.has(node.id)) out.push(tag);
    if (tag === 'link' && !/^\/[\w.]+($|\?)/.test(node.getAttribute('href'))) out.push(`link ${node.getAttribute('href')}`);
    if (tag === 'script' && !/^\/(search|document)\.js$/.test(node.getAttribute('src'))) out.push(tag);
    if (tag === 'meta' && node.httpEquiv) out.push(tag);
    for (const { name, value } of node.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$|^autofocus$/.test(name)) out.push(`${tag} ${name}`);
      if (!/^(href|src|action|data|xlink:href)$/.test(name)) continue;
      const { protocol } = URL.canParse(value, location.href) ? new URL(value, location.href) : { protocol: value };
      if (!/^https?:$/.test(protocol)) out.push(`${tag} ${name}=${value}`);
    }
  }
  if ('__x' in window) out.push('a script ran');
  return out;
};

export const caught = (page) => page.evaluate(foreign);

const asked = /^\/($|search$|doc\/|api\/v1\/(search|suggest|documents\/)|readyz$|favicon\.svg$|style\.css$|\w+\.js$|(en|ru|kk|zh)\.json$)/;

// The paths that any page of the context asks for and that ours never do; filled as they are asked for.
export function watchRequests(context) {
  const strange = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!asked.test(pathname)) strange.push(pathname);
  });
  return strange;
}
