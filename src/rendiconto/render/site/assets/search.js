// Narrows the lists of the search page to the entries that have every word asked for, accents aside.
(function () {
  "use strict";
  var field = document.getElementById("q");
  var status = document.getElementById("esito");
  var entries = Array.prototype.map.call(document.querySelectorAll("[data-search] > li"), function (item) {
    return { item: item, text: plain(item.textContent) };
  });
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  function narrow() {
    var words = plain(field.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    entries.forEach(function (entry) {
      var fits = words.every(function (word) { return entry.text.indexOf(word) !== -1; });
      entry.item.hidden = !fits;
      if (fits) { shown += 1; }
    });
    status.textContent = words.length ? (shown === 1 ? "Una voce trovata." : shown ? shown + " voci trovate." : "Nessuna voce trovata.") : "";
  }
  field.value = new URLSearchParams(window.location.search).get("q") || "";
  field.addEventListener("input", narrow);
  narrow();
})();
