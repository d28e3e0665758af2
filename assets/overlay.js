/* The provenance panel near its figure, menus that close, and the language and title of the page.
   Watches the page and calls nothing on the server: the address stays the state, links change it. */
(function () {
  'use strict';

  const GAP = 12;
  const SHEET_BELOW = 700;
  let asked = { key: null, index: 0 };
  let open = null;
  let queued = false;

  function marked(key) {
    return Array.from(document.querySelectorAll('[data-figure]')).filter(
      (element) => element.dataset.figure === key && !element.closest('.panel')
    );
  }

  function opener(key) {
    const found = marked(key);
    const shown = found.filter((element) => element.getClientRects().length > 0);
    if (asked.key === key && shown.includes(found[asked.index])) return found[asked.index];
    return shown[0] || null;
  }

  function target(element) {
    if (!element) return null;
    return element.matches('a, button') ? element : element.querySelector('a, button') || element.closest('a, button');
  }

  function expand(key, is) {
    for (const element of marked(key)) {
      const link = target(element);
      if (!link) continue;
      if (is && element === opener(key)) link.setAttribute('aria-expanded', 'true');
      else link.removeAttribute('aria-expanded');
    }
  }

  function place(panel) {
    const figure = opener(panel.dataset.for);
    const style = panel.style;
    if (window.innerWidth < SHEET_BELOW || !figure) {
      style.removeProperty('left');
      style.removeProperty('top');
      style.removeProperty('right');
      return;
    }
    const box = figure.getBoundingClientRect();
    const width = panel.offsetWidth;
    const height = panel.offsetHeight;
    const wide = document.documentElement.clientWidth;
    const high = window.innerHeight;
    let left = box.right + GAP;
    let top = box.top - GAP;
    if (left + width > wide - GAP) left = box.left - GAP - width;
    if (left < GAP) {
      left = Math.min(Math.max(GAP, box.left), wide - width - GAP);
      top = box.bottom + GAP + height <= high ? box.bottom + GAP : box.top - GAP - height;
    }
    style.left = Math.round(left) + 'px';
    style.top = Math.round(Math.min(Math.max(GAP, top), Math.max(GAP, high - height - GAP))) + 'px';
    style.right = 'auto';
  }

  function settle() {
    queued = false;
    const main = document.querySelector('main[lang]');
    if (main && document.documentElement.lang !== main.lang) document.documentElement.lang = main.lang;
    const titled = document.querySelector('[data-title]');
    if (titled && document.title !== titled.dataset.title) document.title = titled.dataset.title;
    const panel = document.querySelector('.panel[data-for]');
    const key = panel ? panel.dataset.for : null;
    if (panel) place(panel);
    if (key === open) return;
    const left = open;
    open = key;
    if (left !== null) expand(left, false);
    if (panel) {
      expand(key, true);
      panel.tabIndex = -1;
      panel.focus({ preventScroll: true });
    } else {
      const back = target(opener(left));
      const lost = !document.activeElement || document.activeElement === document.body;
      if (back && lost) back.focus({ preventScroll: true });
    }
  }

  function soon() {
    if (queued) return;
    queued = true;
    window.requestAnimationFrame(settle);
  }

  function shut() {
    const close = document.querySelector('.panel[data-for] .panel-close');
    if (close) close.click();
    return Boolean(close);
  }

  function closeMenus(except) {
    let closed = false;
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (menu === except) continue;
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
      menu.open = false;
      closed = true;
    }
    return closed;
  }

  document.addEventListener(
    'click',
    function (event) {
      const hit = event.target instanceof Element ? event.target : null;
      if (!hit) return;
      const figure = hit.closest('[data-figure]');
      if (figure && !figure.closest('.panel')) {
        asked = { key: figure.dataset.figure, index: marked(figure.dataset.figure).indexOf(figure) };
      }
      if (open !== null && !hit.closest('.panel')) {
        const sheet = window.innerWidth < SHEET_BELOW;
        if (sheet) {
          event.preventDefault();
          event.stopPropagation();
        }
        if (sheet || !hit.closest('a, button, summary, input, select')) shut();
      }
      const menu = hit.closest('details.menu');
      closeMenus(menu && !hit.closest('.menu-list a') ? menu : null);
    },
    true
  );

  /* Links that are the same whatever is chosen are marked when they come into sight. */
  document.addEventListener('toggle', function (event) {
    const menu = event.target;
    if (!(menu instanceof Element) || !menu.matches('details.menu[data-chosen]') || !menu.open) return;
    for (const link of menu.querySelectorAll('[data-choice]')) {
      if (link.dataset.choice === menu.dataset.chosen) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }, true);

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (closeMenus(null) || shut()) event.preventDefault();
  });

  window.addEventListener('resize', soon);
  window.addEventListener('scroll', soon, { passive: true });

  new MutationObserver(soon).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['lang', 'data-title', 'data-for'],
  });
  soon();
})();
