/* The table of a card over the screen: what stands behind it rests, Escape closes it and focus returns to where it came
   from; its rows are copied as text between tabs; files and paper show what the address says. */
(function () {
  'use strict';

  const BEHIND = '.skip, .topbar, #main, .page-foot';
  let open = null;
  let opener = null;

  function settle() {
    const twin = document.querySelector('.twin');
    const name = twin ? twin.dataset.twin : null;
    for (const part of document.querySelectorAll(BEHIND)) part.inert = Boolean(twin);
    document.documentElement.classList.toggle('has-twin', Boolean(twin));
    if (name === open) return;
    const left = open;
    open = name;
    if (twin) {
      twin.tabIndex = -1;
      twin.focus({ preventScroll: true });
      return;
    }
    const first = document.querySelector('[data-table="' + left + '"]');
    const back = opener && opener.isConnected ? opener : first;
    if (back) back.focus({ preventScroll: true });
    opener = null;
  }

  function shut() {
    const close = document.querySelector('.twin > .panel-head .panel-close');
    if (close) close.click();
    return Boolean(close);
  }

  /* A cell without what is there only for who hears the page. */
  function words(cell) {
    const copy = cell.cloneNode(true);
    for (const hidden of copy.querySelectorAll('.offscreen')) hidden.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim().replace(/^–$/, '');
  }

  function copy(button) {
    const twin = button.closest('.twin');
    const said = twin.querySelector('.twin-copied');
    const rows = Array.from(twin.querySelectorAll('.twin-table tr'));
    const text = rows.map((row) => Array.from(row.cells, words).join('\t')).join('\n');
    const done = function () { said.textContent = said.dataset.said; };
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(done, function () { bySelection(text, twin); done(); });
    } else {
      bySelection(text, twin);
      done();
    }
  }

  /* Where the page is not served over a safe connection the browser offers no other way. */
  function bySelection(text, twin) {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    twin.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }

  function complete(event) {
    const link = event.target instanceof Element ? event.target.closest('a[data-file]') : null;
    if (!link) return;
    const path = window.location.pathname.replace(/\/$/, '');
    link.setAttribute('href', '/table' + path + '/' + link.dataset.file + window.location.search);
  }

  for (const kind of ['pointerdown', 'pointerover', 'focusin', 'click']) document.addEventListener(kind, complete, true);

  document.addEventListener('click', function (event) {
    const hit = event.target instanceof Element ? event.target : null;
    if (!hit) return;
    const link = hit.closest('[data-table]');
    if (link) opener = link;
    const button = hit.closest('button[data-copy]');
    if (button) copy(button);
    if (hit.closest('button[data-print]')) window.print();
    if (hit.matches('.twin-over')) shut();
  }, true);

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && !event.defaultPrevented && shut()) event.preventDefault();
  });

  document.addEventListener('centre:drawn', settle);
})();
