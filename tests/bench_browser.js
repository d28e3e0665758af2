/* Tells when a page shows what was asked of it. MARKS and PATIENCE are put in by tests/bench_browser.py. */
window.bench = (() => {
  const marks = MARKS;
  const all = (where) => Array.from(document.querySelectorAll(where));
  const filled = (shape) => getComputedStyle(shape).fill !== 'none';
  /* All that makes a shape look as it does, but for its border and for classes of the pointer (is-pointed). */
  const shade = (shape) => Array.from(shape.attributes).filter((each) => each.name !== 'd')
    .map((each) => each.value.replace(/\s*\bis-\w+/g, ''));
  const looks = () => JSON.stringify([all(marks.map).map(shade), all(marks.rows).map((row) => row.textContent)]);
  const opened = () => all(marks.trend).some((line) => line.getAttribute('d')) && all(marks.rows).length > 0
    && all(marks.map).length >= 63 && all(marks.map).every(filled);
  const drilled = () => marks.province.every((where) => document.querySelector(where));
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  });
  /* The moment at which what holds is painted; null where it does not come to hold in time. */
  const when = (holds) => new Promise((done) => {
    const look = () => {
      if (!holds()) return;
      watcher.disconnect();
      painted().then(done);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    document.addEventListener('readystatechange', look);
    setTimeout(() => { watcher.disconnect(); done(null); }, PATIENCE);
    look();
  });
  let clicked = null;
  let atClick = () => {};
  window.addEventListener('click', (event) => {
    if (clicked !== null) return;
    clicked = event.timeStamp;
    atClick();
  }, true);
  const wait = { opened: when(opened) };
  const arm = (moment) => { clicked = null; atClick = () => {}; wait.done = moment; };
  const span = async () => {
    const end = await wait.done;
    return end === null || clicked === null ? null : end - clicked;
  };
  return {
    looks, span, opened: () => wait.opened,
    armSwitch: (expected) => arm(when(() => looks() === expected)),
    armDrill: () => arm(when(drilled)),
    armNothing: () => {
      arm(null);
      wait.done = new Promise((done) => { atClick = () => painted().then(done); });
    },
  };
})();
