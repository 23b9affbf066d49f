// Territories beside each other: chosen here, kept in the address so that a comparison can be sent to somebody.
(function () {
  "use strict";
  var form = document.getElementById("scelta");
  var place = document.getElementById("territorio");
  var which = document.getElementById("quali");
  var chips = document.getElementById("scelti");
  var said = document.getElementById("detto");
  var result = document.getElementById("risultato");
  var most = Number(form.dataset.most);
  var indicators = window.atlante.data.indicators;
  var places = window.atlante.data.places;
  var asked = new URLSearchParams(window.location.search);
  var known = places.map(function (each) { return each.slug; });
  var chosen = (asked.get("t") || "").split(",").filter(function (slug, at, all) {
    return known.indexOf(slug) !== -1 && all.indexOf(slug) === at;
  }).slice(0, most);
  var figures = {};

  place.add(new Option("Scegli…", ""));
  places.forEach(function (each) { place.add(new Option(each.name, each.slug)); });
  which.add(new Option("I principali di ogni capitolo", "principali"));
  indicators.forEach(function (each) {
    var value = String(each.chapter);
    if (!which.querySelector('option[value="' + value + '"]')) { which.add(new Option(each.chapter + ". " + each.title + ", tutti", value)); }
  });
  which.value = asked.get("i") || "principali";
  if (!which.value) { which.value = "principali"; }
  form.hidden = false;
  document.getElementById("senza").hidden = true;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var slug = place.value;
    if (!slug) { return say("Scegli un territorio dall'elenco."); }
    if (chosen.indexOf(slug) !== -1) { return say(name(slug) + " è già a confronto."); }
    if (chosen.length >= most) { return say("Sono già " + most + ": per aggiungerne uno, prima toglierne un altro."); }
    chosen.push(slug);
    place.value = "";
    update(name(slug) + " è a confronto.");
  });
  which.addEventListener("change", function () { update(""); });
  update("");

  function name(slug) { return places[known.indexOf(slug)].name; }
  function say(text) { said.textContent = text; }

  function update(text) {
    var address = new URLSearchParams();
    if (chosen.length) { address.set("t", chosen.join(",")); }
    if (which.value !== "principali") { address.set("i", which.value); }
    try { window.history.replaceState(null, "", "?" + address.toString()); } catch (error) { /* from a folder the address stays */ }
    chips.replaceChildren();
    chosen.forEach(function (slug) {
      var item = document.createElement("li");
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = name(slug);
      button.setAttribute("aria-label", "Togli " + name(slug));
      button.addEventListener("click", function () {
        chosen = chosen.filter(function (other) { return other !== slug; });
        update(name(slug) + " non è più a confronto.");
        place.focus();
      });
      item.append(button);
      chips.append(item);
    });
    say(text || (chosen.length ? "" : "Nessun territorio scelto."));
    var left = chosen.filter(function (slug) { return !figures[slug]; });
    if (!left.length) { return show(); }
    left.forEach(function (slug) {
      window.atlante.load("place", slug, form.dataset.figures + slug + ".js", function (value) {
        figures[slug] = value;
        if (chosen.every(function (other) { return figures[other]; })) { show(); }
      }, function () { say("Le cifre di " + name(slug) + " non si sono potute caricare."); });
    });
  }

  function show() {
    result.replaceChildren();
    if (!chosen.length) { return; }
    var region = make("div", { class: "region long", role: "region", "aria-labelledby": "confronto-nome", tabindex: "0" });
    var table = make("table", { class: "compared" });
    table.append(make("caption", { id: "confronto-nome" }, "Confronto: " + chosen.map(name).join(", ")));
    var head = make("tr", {});
    head.append(make("th", { scope: "col", class: "name" }, "Indicatore"));
    chosen.forEach(function (slug) {
      var cell = make("th", { scope: "col" });
      cell.append(make("a", { href: form.dataset.places + slug + "/index.html" }, figures[slug].name));
      head.append(cell);
    });
    var thead = make("thead", {});
    thead.append(head);
    table.append(thead);
    var body = null;
    var chapter = 0;
    indicators.forEach(function (each, at) {
      if (which.value === "principali" ? !each.headline : String(each.chapter) !== which.value) { return; }
      if (each.chapter !== chapter) {
        chapter = each.chapter;
        body = make("tbody", {});
        var title = make("tr", {});
        title.append(make("th", { scope: "rowgroup", colspan: String(chosen.length + 1) }, each.chapter + ". " + each.title));
        body.append(title);
        table.append(body);
      }
      var row = make("tr", {});
      var header = make("th", { scope: "row" });
      header.append(make("a", { href: form.dataset.indicators + each.id + "/index.html" }, each.name));
      header.append(make("span", { class: "unit" }, (each.unit === "numero" || each.unit === "%" ? "" : each.unit + ", ") + each.period));
      row.append(header);
      chosen.forEach(function (slug) { row.append(make("td", {}, figures[slug].figures[at])); });
      body.append(row);
    });
    region.append(table);
    result.append(region);
  }

  function make(kind, attributes, text) {
    var element = document.createElement(kind);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
})();
