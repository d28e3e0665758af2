/* The line of periods, or of days: arrows move from stop to stop, the button plays them in order. Every step is a link, so that the
   address stays the state. */
(function () {
  'use strict';

  const PAUSE_MS = 1400;
  const MOVES = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -1000, End: 1000 };
  let playing = null;

  function lineOf(button) { return button.closest('.slider').querySelector('.slider-line'); }
  function stops(line) { return Array.from(line.querySelectorAll('.slider-stop')); }
  function here(line) { return stops(line).findIndex((stop) => stop.hasAttribute('aria-current')); }

  function step(line, to) {
    const all = stops(line);
    const next = all[Math.min(Math.max(to, 0), all.length - 1)];
    if (next && !next.hasAttribute('aria-current')) window.centre.go(next.dataset.to);
    return next;
  }

  function rest() {
    window.clearInterval(playing);
    playing = null;
    for (const button of document.querySelectorAll('.slider-play')) button.dataset.play = 'off';
  }

  document.addEventListener('keydown', function (event) {
    const line = event.target instanceof Element ? event.target.closest('.slider-line') : null;
    if (!line || !(event.key in MOVES)) return;
    event.preventDefault();
    const focused = stops(line).indexOf(event.target.closest('.slider-stop'));
    const next = step(line, (focused < 0 ? here(line) : focused) + MOVES[event.key]);
    if (next) next.focus({ preventScroll: true });
  });

  document.addEventListener('click', function (event) {
    const button = event.target instanceof Element ? event.target.closest('.slider-play') : null;
    if (!button) { if (event.isTrusted && playing) rest(); return; }
    if (playing) { rest(); return; }
    const first = lineOf(button);
    button.dataset.play = 'on';
    if (here(first) === stops(first).length - 1) step(first, 0);
    playing = window.setInterval(function () {
      const now = lineOf(button);
      if (!now || !document.contains(button)) { rest(); return; }
      if (window.centre.asked) return;
      if (here(now) >= stops(now).length - 1) { rest(); return; }
      step(now, here(now) + 1);
    }, PAUSE_MS);
  });
})();
