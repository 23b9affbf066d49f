// Light or dark: the reader's choice, else the system's. Runs before the page is painted, so that nothing flashes.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  var chosen = null;
  try { chosen = window.localStorage.getItem("tema"); } catch (error) { chosen = null; }
  function dark() { return chosen ? chosen === "scuro" : system.matches; }
  function apply() { root.dataset.theme = dark() ? "scuro" : "chiaro"; }
  apply();
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("button.theme");
    button.hidden = false;
    button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", function () {
      chosen = dark() ? "chiaro" : "scuro";
      try { window.localStorage.setItem("tema", chosen); } catch (error) { /* the choice lasts for this page */ }
      apply();
      button.setAttribute("aria-pressed", String(dark()));
    });
  });
})();
