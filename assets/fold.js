/* Text as it is looked for: without diacritics, đ as d, in small letters, with single spaces. */
(function () {
  'use strict';

  window.centre.folded = function (text) {
    return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().trim().replace(/\s+/g, ' ');
  };
})();
