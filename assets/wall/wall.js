/* The playlist of a wall: one scene at a time, for as long as its profile says; every scene is held here, so that they go on
   turning when nothing more comes. Keys turn, hold and pin; the address keeps the place over a reload. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  const page = document.documentElement;
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const VIETNAM = 7 * 60 * MINUTE;
  const FADE = 400;
  const HELD = 'centre-wall-held';
  const LATE = 'late';
  const NEXT = ['ArrowRight', 'PageDown', 'ArrowDown'];
  const BACK = ['ArrowLeft', 'PageUp', 'ArrowUp'];

  function hour(moment) { return new Date(moment + VIETNAM).toISOString().slice(11, 16); }

  function filled(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function kept(name) {
    try { return window.sessionStorage.getItem(name) || ''; } catch (_) { return ''; }
  }

  function keep(name, value) {
    try { window.sessionStorage.setItem(name, value); } catch (_) { /* it holds until the next reload */ }
  }

  /* The hour is the server's; before it was heard there is none. */
  function useTick() {
    const [, again] = React.useReducer(function (times) { return times + 1; }, 0);
    React.useEffect(function () {
      again();
      const timer = window.setInterval(again, SECOND);
      document.addEventListener('centre:drawn', again);
      return function () { window.clearInterval(timer); document.removeEventListener('centre:drawn', again); };
    }, []);
  }

  centre.drawn.WallClock = function WallClock() {
    useTick();
    const now = centre.now();
    return element('p', { className: 'wall-clock' }, now ? hour(now) : '');
  };

  function lag(words) {
    const chip = document.querySelector('.freshness');
    const now = centre.now();
    const pulled = chip ? Date.parse(chip.dataset.pulled) : NaN;
    if (!now || !pulled || page.dataset.lost) return '';
    const minutes = Math.floor(Math.max(0, now - pulled) / MINUTE);
    if (minutes < 2) return words.lag_none;
    const phrase = minutes < 60 ? words.lag_minutes : words.lag_hours;
    return filled(phrase, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }

  function Lag(props) {
    useTick();
    return element('span', { className: 'wall-lag' }, lag(props.words));
  }

  function placeOf(scenes) {
    const wanted = new URLSearchParams(window.location.search).get('scene');
    return Math.max(0, scenes.findIndex(function (scene) { return scene.name === wanted; }));
  }

  function remember(name) {
    const address = new URL(window.location.href);
    if (address.searchParams.get('scene') === name) return;
    address.searchParams.set('scene', name);
    window.history.replaceState(null, '', address.pathname + address.search);
  }

  function WallScenes(props) {
    const scenes = props.scenes;
    const [turn, set] = React.useState(function () {
      return { at: placeOf(scenes), leaving: null, held: kept(HELD) };
    });
    /* The scene that a meeting opened over the one of the playlist. */
    const [opened, open] = React.useState(null);
    const at = Math.min(turn.at, scenes.length - 1);
    const here = scenes[at];
    const words = props.words;

    centre.wall = {
      scenes: scenes,
      here: here.name,
      held: turn.held,
      words: words,
      opens: props.opens,
      open: open,
      go: function (to) {
        const next = (to + scenes.length) % scenes.length;
        set(function (was) {
          return was.at === next ? was : { at: next, leaving: scenes[was.at].name, held: was.held };
        });
      },
      step: function (by) { centre.wall.go(at + by); },
      hold: function (how) {
        /* What holds it by itself lasts no longer than the page. */
        keep(HELD, how === LATE ? '' : how);
        set(function (was) { return { at: was.at, leaving: was.leaving, held: how }; });
      },
    };

    React.useEffect(function () {
      remember(here.name);
      document.dispatchEvent(new CustomEvent('centre:scene', { detail: here.name }));
      if (turn.held || scenes.length < 2) return undefined;
      const timer = window.setTimeout(function () { centre.wall.step(1); }, here.seconds * SECOND);
      return function () { window.clearTimeout(timer); };
    }, [here.name, turn.held]);

    React.useEffect(function () {
      document.dispatchEvent(new CustomEvent('centre:scene', { detail: opened || here.name }));
    }, [opened]);

    React.useEffect(function () {
      if (!turn.leaving) return undefined;
      const timer = window.setTimeout(function () {
        set(function (was) { return { at: was.at, leaving: null, held: was.held }; });
      }, FADE);
      return function () { window.clearTimeout(timer); };
    }, [turn.leaving, here.name]);

    const shown = turn.leaving && turn.leaving !== here.name ? [turn.leaving, here.name] : [here.name];
    const drawn = shown.map(function (name) {
      const leaves = name !== here.name;
      const way = leaves ? ' is-leaving' : opened ? ' is-under' : '';
      const marks = { key: name, className: 'wall-scene' + way, 'aria-hidden': Boolean(way) || undefined };
      return element('div', Object.assign(marks, { 'data-scene': name }), element(centre.Part, { name: name }));
    });
    if (opened) drawn.push(element('div', { key: opened, className: 'wall-scene', 'data-scene': opened }, element(centre.Part, { name: opened })));
    const dots = scenes.map(function (scene, each) {
      return element('i', { key: scene.name, className: each === at ? 'is-here' : '' });
    });
    const place = filled(words.place, { at: at + 1, of: scenes.length });
    return element('div', { className: 'wall-scenes' }, drawn,
      element('div', { className: 'wall-place' },
        turn.held ? element('span', { className: 'wall-held' }, words[turn.held]) : null,
        props.children, element(Lag, { words: words }),
        element('span', null, place), element('span', { className: 'wall-dots', 'aria-hidden': true }, dots)));
  }

  centre.drawn.WallScenes = WallScenes;

  document.addEventListener('keydown', function (event) {
    const wall = centre.wall;
    if (!wall || event.ctrlKey || event.altKey || event.metaKey) return;
    if (centre.meeting && centre.meeting.key(event)) { event.preventDefault(); return; }
    if (wall.held === LATE && event.key !== ' ' && event.key !== '.') wall.hold('');
    if (NEXT.includes(event.key)) wall.step(1);
    else if (BACK.includes(event.key)) wall.step(-1);
    else if (event.key === 'Home') wall.go(0);
    else if (event.key === 'End') wall.go(wall.scenes.length - 1);
    else if (/^[1-9]$/.test(event.key) && Number(event.key) <= wall.scenes.length) wall.go(Number(event.key) - 1);
    else if (event.key === ' ' || event.key === '.') wall.hold(wall.held ? '' : 'paused');
    else if (event.key === 'p' || event.key === 'P') wall.hold(wall.held === 'pinned' ? '' : 'pinned');
    else return;
    event.preventDefault();
  });
})();
