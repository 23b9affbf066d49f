// What data files call back: they are scripts, because a page opened from a folder may not fetch.
(function () {
  "use strict";
  var waiting = {};
  window.atlante = {
    data: {},
    // Runs `then` with what the file at `address` calls `kind` with; `failed` if it cannot be had.
    load: function (kind, key, address, then, failed) {
      (waiting[kind + key] = waiting[kind + key] || []).push(then);
      if (waiting[kind + key].length > 1) { return; }
      var script = document.createElement("script");
      script.src = address;
      script.onerror = function () { delete waiting[kind + key]; if (failed) { failed(); } };
      document.head.appendChild(script);
    },
    indicators: function (list) { this.data.indicators = list; },
    places: function (list) { this.data.places = list; },
    map: function (value) { arrived("map" + value.id, value); },
    place: function (value) { arrived("place" + value.slug, value); }
  };
  function arrived(key, value) {
    var todo = waiting[key] || [];
    delete waiting[key];
    todo.forEach(function (then) { then(value); });
  }
})();
