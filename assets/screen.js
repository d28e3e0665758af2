/* The screen as one component of the page: it tells the server which address is asked for and what it shows already,
   and draws the parts that come back. A part is a list, [tag, attributes, child, ...]; nothing in it can run a script. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const Parts = React.createContext({});
  /* Parts that the browser draws itself; other scripts add theirs. */
  const drawn = {};
  const still = document.documentElement.classList.contains('wall');
  const BARRED = /^(script|iframe|object|embed|style|link|base|meta|form)$/i;
  const centre = (window.centre = { drawn: drawn, asked: null, root: '' });

  function safe(attributes) {
    let right = attributes;
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      const runs = /^on/i.test(name) || name === 'dangerouslySetInnerHTML' || name === 'srcDoc' || name === 'ref';
      const leads = name === 'href' && /^(\/(?!\/)|#|\?|https:\/\/)/.test(value);
      const shows = name === 'src' && /^(\/(?!\/)|data:image\/svg\+xml,)/.test(value);
      const leaves = (name === 'href' && !leads) || (name === 'src' && !shows);
      if (!runs && !leaves) continue;
      if (right === attributes) right = Object.assign({}, attributes);
      delete right[name];
    }
    return right;
  }

  /* A figure leads to its own provenance. */
  function opening(attributes) {
    if (attributes.href) return attributes;
    const mark = encodeURIComponent(attributes['data-figure']).replace(/%2F/g, '/');
    return Object.assign({ href: '?figure=' + mark }, attributes);
  }

  /* On a wall nobody points at anything: what leads elsewhere is plain there. */
  function unled(attributes) {
    const left = safe(attributes);
    if (!('href' in left)) return left;
    const plain = Object.assign({}, left);
    delete plain.href;
    return plain;
  }

  function draw(node) {
    if (!Array.isArray(node)) return node;
    const tag = node[0];
    if (tag === 'Part') return element(Part, { name: node[1].name });
    if (drawn[tag]) return element.apply(null, [drawn[tag], node[1]].concat(node.slice(2).map(draw)));
    if (BARRED.test(tag) || !/^[a-z][a-zA-Z0-9]*$/.test(tag)) return null;
    const made = still && tag === 'a' ? ['span', unled(node[1])]
      : [tag, safe(tag === 'a' && node[1]['data-figure'] ? opening(node[1]) : node[1])];
    for (let at = 2; at < node.length; at += 1) made.push(draw(node[at]));
    return element.apply(null, made);
  }

  centre.draw = draw;
  centre.Part = Part;

  const Body = React.memo(function Body(props) {
    const tree = props.tree;
    if (!tree.length || Array.isArray(tree[0])) return tree.map((node, at) => element(Body, { key: at, tree: node }));
    return draw(tree);
  });

  function Part(props) {
    const part = React.useContext(Parts)[props.name];
    return part ? element(Body, { tree: part.tree }) : null;
  }

  /* What the server sent anew over what was kept; null where a part it takes for known is not here. Where the screen has
     the parts it had, the server names those that changed alone: against what was shown when it was asked. */
  function merged(kept, asking, answer) {
    const parts = {};
    if (answer.changed) {
      if (!asking || asking.number !== answer.number) return kept;
      for (const name of Object.keys(answer.changed)) parts[name] = { print: answer.changed[name], tree: answer.trees[name] };
      return Object.assign({}, asking.parts, parts);
    }
    for (const name of Object.keys(answer.prints)) {
      const print = answer.prints[name];
      const known = kept[name];
      if (name in answer.trees) parts[name] = { print: print, tree: answer.trees[name] };
      else if (known && known.print === print) parts[name] = known;
      else return null;
    }
    return parts;
  }

  /* In a meeting figures stand still: of an answer nothing is taken but the scene that the meeting opened. */
  function narrowed(answer) {
    const own = centre.opened;
    const prints = answer.changed || answer.prints;
    const left = { number: answer.number, of: answer.of, changed: {}, trees: {} };
    for (const name of Object.keys(answer.trees)) {
      if (name !== own && !name.startsWith(own + '-')) continue;
      left.changed[name] = prints[name];
      left.trees[name] = answer.trees[name];
    }
    return left;
  }

  function Screen(props) {
    const state = React.useRef({ parts: {}, asking: null, open: [], text: null, answer: null, number: 0 }).current;
    centre.root = props.root;

    function tell(what) {
      props.setProps(what);
      /* The renderer keeps every change for an undo that no page of ours has: on a wall thousands a day. */
      for (const store of window.dash_stores) store.getState().history.past.length = 0;
    }

    /* `alone`: nobody did anything, the page asks by itself. */
    centre.ask = function (anew, alone) {
      const shown = {};
      if (!anew) for (const name of Object.keys(state.parts)) shown[name] = state.parts[name].print;
      state.number += 1;
      centre.asked = { since: Date.now(), number: state.number };
      state.asking = { number: state.number, parts: state.parts };
      const place = window.location;
      const asked = { path: place.pathname, search: place.search, number: state.number, shown: shown };
      /* A meeting has to know of which figures an answer is. */
      if (centre.meeting && centre.meeting.held()) asked.of = true;
      if (alone) asked.alone = true;
      state.open.push(asked);
      tell({ asked: asked });
    };

    /* Of what was shown, asked and answered nothing is left, here or with the renderer. */
    centre.forget = function () {
      Object.assign(state, { parts: {}, asking: null, open: [], text: null, answer: null, stray: false });
      centre.asked = null;
      tell({ asked: null, answer: '', sent: null, receipt: '' });
    };

    centre.has = function (name) { return name in state.parts; };

    centre.send = function (what) {
      const place = window.location;
      tell({ sent: Object.assign({ path: place.pathname, search: place.search }, what) });
    };

    if (props.answer && props.answer !== state.text) {
      state.text = props.answer;
      state.answer = JSON.parse(props.answer);
      if (centre.frozen) state.answer = narrowed(state.answer);
      const parts = merged(state.parts, state.asking, state.answer);
      state.stray = parts === null;
      if (parts) state.parts = parts;
    }

    /* Dash keeps every question that was ever asked, to undo it. Nobody undoes ours, and a wall asks for weeks: of what is
       answered the longest part is let go. */
    function forget(number) {
      for (const asked of state.open) if (asked.number <= number) asked.shown = {};
      state.open = state.open.filter(function (asked) { return asked.number > number; });
    }

    React.useEffect(function () {
      centre.ask(true);
      const moved = function () { centre.ask(false); };
      window.addEventListener('popstate', moved);
      return function () { window.removeEventListener('popstate', moved); };
    }, []);

    React.useLayoutEffect(function () {
      const answer = state.answer;
      if (answer) forget(answer.number);
      if (!answer || !centre.asked) return;
      if (state.stray) { centre.ask(true, true); return; }
      if (answer.number !== centre.asked.number) return;
      centre.asked = null;
      document.dispatchEvent(new CustomEvent('centre:drawn', { detail: answer }));
    }, [props.answer]);

    React.useLayoutEffect(function () {
      if (!props.receipt) return;
      document.dispatchEvent(new CustomEvent('centre:taken', { detail: JSON.parse(props.receipt) }));
    }, [props.receipt]);

    return element(Parts.Provider, { value: state.parts }, element(Part, { name: 'frame' }));
  }

  centre.Screen = Screen;
})();
