// Texts that would run a script on a page that is careless with them: ways to run one, in ways to get out of where
// text stands. What runs says so in window.__x.

const runs = [
  '<script>window.__x=1</script>',
  '<img src=x onerror=window.__x=1>',
  '<svg onload=window.__x=1>',
  '<svg><script>window.__x=1</script></svg>',
  '<iframe srcdoc="<script>parent.__x=1</script>"></iframe>',
  '<iframe src="javascript:parent.__x=1"></iframe>',
  '<body onload=window.__x=1>',
  '<details open ontoggle=window.__x=1>',
  '<input autofocus onfocus=window.__x=1>',
  '<video><source onerror=window.__x=1></video>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.__x=1>',
  '<a href="javascript:window.__x=1" autofocus tabindex=1 onfocus=window.__x=1>x</a>',
  '<object data="data:text/html,<script>parent.__x=1</script>"></object>',
  '<embed src="javascript:window.__x=1">',
  '<link rel=stylesheet href="data:text/css,*{color:red}">',
  '<style>@import "data:text/css,*{color:red}";</style>',
  '<meta http-equiv="refresh" content="0;url=javascript:window.__x=1">',
  '<base href="https://example.org/">',
  '<form action="javascript:window.__x=1"><button autofocus onfocus=window.__x=1>',
  '<xmp><img src=x onerror=window.__x=1></xmp><img src=x onerror=window.__x=1>',
  '<template><script>window.__x=1</script></template><script>window.__x=1</script>',
  '<marquee onstart=window.__x=1>x</marquee>',
  '&lt;script&gt;window.__x=1&lt;/script&gt;',
  '&#60;img src=x onerror=window.__x=1&#62;',
  '\\u003cimg src=x onerror=window.__x=1\\u003e',
  '%3Cscript%3Ewindow.__x=1%3C/script%3E',
  'javascript:window.__x=1',
  'data:text/html,<script>window.__x=1</script>',
  '{{constructor.constructor("window.__x=1")()}}',
  '${window.__x=1}',
];

const exits = ['', '"', "'", '">', "'>", '</title>', '</textarea></style></script>', '--><!-- -->', ']]></noscript>', '</mark></a></p></li>'];

// 300; the first ones differ in both the way out and what runs.
export const payloads = Array.from({ length: runs.length * exits.length }, (_, i) => {
  const round = Math.floor(i / exits.length);
  const run = runs[(i % exits.length) * 3 % runs.length + (round % 3)] ?? runs[0];
  const shift = Math.floor(round / 3);
  return exits[(i + shift) % exits.length] + run;
});

// Addresses that must not become links, besides the payloads themselves.
export const addresses = [
  'javascript:window.__x=1', 'JaVaScRiPt:window.__x=1', ' javascript:window.__x=1', 'java\tscript:window.__x=1', 'java\nscript:window.__x=1',
  '\u0001javascript:window.__x=1', 'javascript://example.org/%0Awindow.__x=1', 'data:text/html,<script>window.__x=1</script>',
  'vbscript:window.__x=1', 'blob:https://example.org/x', 'file:///etc/passwd', '//example.org/x', '/\\example.org', 'view-source:https://example.org/',
];
