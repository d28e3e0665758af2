/* What belongs to whoever is signed in: the buttons that leave, and the fields by which the audit log is looked through. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  /* What a button may post to: nothing that a part could name besides. */
  const DOORS = /^\/(logout|account\/end)\?lang=[a-z]{2}$/;

  /* A form of the document itself: the answer is another page. Whoever leaves leaves nothing behind. */
  function Post(props) {
    if (!DOORS.test(props.action)) return null;
    return element(
      'form',
      { method: 'post', action: props.action, className: 'post', onSubmit: function () { if (centre.drafts) centre.drafts.drop(); } },
      element('button', { type: 'submit', className: 'button' }, props.words)
    );
  }

  /* One field; its value is that of the address until somebody types. */
  function Asked(props) {
    const given = { name: props.name, defaultValue: props.value, key: props.value };
    const control = props.type === 'select'
      ? element('select', given, props.options.map((each) => element('option', { key: each[0], value: each[0] }, each[1])))
      : element('input', Object.assign(given, { type: props.type, maxLength: 200, autoComplete: 'off' }));
    return element('label', { className: 'asked-field' }, element('span', null, props.label), control);
  }

  /* The fields change the address, and the address the screen. */
  function Asking(props) {
    const look = function (event) {
      event.preventDefault();
      const parts = new URLSearchParams();
      new window.FormData(event.currentTarget).forEach(function (value, name) { parts.set(name, String(value).trim()); });
      parts.set(props.drop, '');
      centre.go('?' + parts.toString());
    };
    return element(
      'form',
      { className: 'asking', role: 'search', 'aria-label': props.name, onSubmit: look },
      ...React.Children.toArray(props.children),
      element('button', { type: 'submit', className: 'button' }, props.look)
    );
  }

  Object.assign(centre.drawn, { Post: Post, Asked: Asked, Asking: Asking });
})();
