/* Thirty days without a hand on it: a reload at night, a picture that moves by a hair so that nothing burns in, figures that
   are new to the screen marked for ten seconds, and the hour of what is shown in every card once nothing more comes. */
(function () {
  'use strict';

  const centre = window.centre;
  const page = document.documentElement;
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const DAY = 24 * 60 * MINUTE;
  const VIETNAM = 7 * 60 * MINUTE;
  /* Between three and four in the morning, no two screens in the same minute. */
  const NIGHT = (3 + Math.random()) * 60 * MINUTE;
  const SHIFT_EVERY = 10 * MINUTE;
  const SHIFTS = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
  const NEW_FOR = 10 * SECOND;
  const began = window.performance.now();
  const known = new Map();
  const marked = new Map();

  /* A picture element of the design is moved by four of its 3840. */
  function shift(times) {
    const at = SHIFTS[times % SHIFTS.length];
    page.style.setProperty('--shift-x', 'calc(' + at[0] + ' * var(--hop))');
    page.style.setProperty('--shift-y', 'calc(' + at[1] + ' * var(--hop))');
    window.setTimeout(shift, SHIFT_EVERY, times + 1);
  }

  function night() {
    const now = centre.now();
    const up = window.performance.now() - began;
    if (now && up > 2 * 60 * MINUTE && !page.dataset.lost && !centre.frozen) {
      const hour = (now + VIETNAM) % DAY;
      if (hour >= NIGHT && hour < NIGHT + 60 * MINUTE) { window.location.reload(); return; }
    }
    window.setTimeout(night, MINUTE);
  }

  function figuresOf(node, found) {
    if (!Array.isArray(node)) return typeof node === 'string' || typeof node === 'number' ? String(node) : '';
    if (typeof node[0] !== 'string') return node.map(function (each) { return figuresOf(each, found); }).join('');
    const marks = node[1] || {};
    const text = node.slice(2).map(function (each) { return figuresOf(each, found); }).join('');
    const mark = marks['data-figure'] || marks['data-derived'];
    if (mark) found.set(mark, text);
    return text;
  }

  /* What a part says anew: figures that it did not show, or showed otherwise. A part that is seen for the first time is not
     new, and neither is the screen itself. */
  function compare(trees) {
    for (const name of Object.keys(trees)) {
      const found = new Map();
      figuresOf(trees[name], found);
      const before = known.get(name);
      known.set(name, found);
      if (!before) continue;
      for (const [mark, text] of found) {
        if (before.get(mark) !== text) marked.set(mark, window.performance.now() + NEW_FOR);
      }
    }
  }

  function underline() {
    const now = window.performance.now();
    for (const [mark, until] of marked) if (until <= now) marked.delete(mark);
    for (const each of document.querySelectorAll('.is-new')) each.classList.remove('is-new');
    if (!marked.size) return;
    for (const each of document.querySelectorAll('.wall-screen [data-figure], .wall-screen [data-derived]')) {
      if (marked.has(each.dataset.figure || each.dataset.derived)) each.classList.add('is-new');
    }
  }

  document.addEventListener('centre:drawn', function (event) {
    compare(event.detail.trees);
    underline();
    if (marked.size) window.setTimeout(underline, NEW_FOR + SECOND / 10);
    const chip = document.querySelector('.freshness');
    const words = centre.wall && centre.wall.words;
    if (chip && words) page.style.setProperty('--shown-at', JSON.stringify(words.figures_at.replace('{at}', chip.dataset.at || '')));
  });
  document.addEventListener('centre:scene', underline);

  shift(0);
  night();
})();
