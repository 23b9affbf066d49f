// A map says what is under the pointer, lights up with its table, and on the home page shows any indicator.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("figure.italia"), attend);
  choose();

  function attend(figure) {
    var readout = figure.querySelector(".readout");
    figure.addEventListener("pointerover", function (event) {
      var place = event.target.closest("[data-text]");
      readout.textContent = place ? place.dataset.text : "";
      light(place ? place.dataset.code : "");
    });
    figure.addEventListener("pointerleave", function () { readout.textContent = ""; light(""); });
    figure.addEventListener("click", function (event) {
      var place = event.target.closest("[data-slug]");
      if (place) { window.location.href = figure.dataset.profiles + place.dataset.slug + "/index.html"; }
    });
    Array.prototype.forEach.call(document.querySelectorAll("tr[data-code]"), function (row) {
      row.addEventListener("pointerenter", function () { light(row.dataset.code); });
      row.addEventListener("pointerleave", function () { light(""); });
      row.addEventListener("focusin", function () { light(row.dataset.code); });
      row.addEventListener("focusout", function () { light(""); });
    });
    function light(code) {
      Array.prototype.forEach.call(figure.querySelectorAll("svg [data-code]"), function (mark) {
        mark.classList.toggle("lit", Boolean(code) && mark.dataset.code === code);
      });
    }
  }

  function choose() {
    var chapters = document.getElementById("capitolo");
    var select = document.getElementById("indicatore");
    var link = document.getElementById("graduatoria");
    if (!chapters || !window.atlante.data.indicators) { return; }
    var list = window.atlante.data.indicators;
    var first = list.filter(function (each) { return each.id === link.dataset.shown; })[0];
    list.forEach(function (each) {
      if (!chapters.querySelector('option[value="' + each.chapter + '"]')) { chapters.add(new Option(each.title, each.chapter)); }
    });
    chapters.value = String(first.chapter);
    fill(first.id);
    document.querySelector(".chooser").hidden = false;
    chapters.addEventListener("change", function () { fill(""); show(); });
    select.addEventListener("change", show);

    function fill(id) {
      select.replaceChildren();
      list.forEach(function (each) {
        if (String(each.chapter) === chapters.value) { select.add(new Option(each.name, each.id)); }
      });
      var headline = list.filter(function (each) { return String(each.chapter) === chapters.value && each.headline; })[0];
      select.value = id || (headline || {}).id || select.value;
    }
    function show() {
      var id = select.value;
      window.atlante.load("map", id, link.dataset.maps + id + ".js", function (map) {
        if (select.value === id) { draw(map, link); }
      }, function () { document.getElementById("mostrato").textContent = "La mappa di questo indicatore non si è potuta caricare."; });
    }
  }

  function draw(map, link) {
    var figure = document.querySelector("figure.italia");
    var svg = figure.querySelector("svg");
    var said = map.name + ", " + map.period + (map.unit !== "numero" ? " (" + map.unit + ")" : "");
    document.getElementById("mostrato").textContent = said;
    link.href = link.dataset.indicators + map.id + "/index.html";
    svg.setAttribute("aria-label", "Italia: " + map.name + ", " + map.period);
    Array.prototype.forEach.call(svg.querySelectorAll("path[data-code]"), function (area) {
      var code = map.level === "province" ? area.dataset.code : area.dataset.region;
      var known = map.marks[code] !== undefined;
      area.setAttribute("class", !known ? "absent" : map.circles ? "land" : "c" + map.marks[code]);
      area.dataset.text = map.texts[code] || "";
    });
    var circles = Array.prototype.slice.call(svg.querySelectorAll("circle"));
    circles.forEach(function (circle) {
      var size = map.circles ? map.marks[circle.dataset.code] || 0 : 0;
      circle.setAttribute("r", Math.abs(size));
      circle.setAttribute("class", size < 0 ? "minus" : "plus");
      circle.dataset.text = map.texts[circle.dataset.code] || "";
    });
    circles.sort(function (one, other) { return Number(other.getAttribute("r")) - Number(one.getAttribute("r")); });
    circles.forEach(function (circle) { svg.appendChild(circle); });
    var legend = figure.querySelector(".legend");
    legend.replaceChildren();
    map.legend.forEach(function (line) {
      var item = document.createElement("li");
      var key = document.createElement("span");
      var text = document.createElement("span");
      key.className = "key " + line[0];
      key.setAttribute("aria-hidden", "true");
      text.textContent = line[1];
      item.append(key, text);
      legend.append(item);
    });
    [["alte", map.highest], ["basse", map.lowest]].forEach(function (end) {
      var list = document.querySelector('ul[aria-labelledby="' + end[0] + '"]');
      list.replaceChildren();
      end[1].forEach(function (code) {
        var item = document.createElement("li");
        item.textContent = map.texts[code];
        list.append(item);
      });
    });
    figure.querySelector("figcaption strong").textContent = "Italia, per " + (map.level === "province" ? "provincia" : "regione");
  }
});
