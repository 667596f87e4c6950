/*
 * The rows of the targets table. A row opens at once where it is; the address then names it, so
 * that a link leads to the same row, opened and in view.
 */
(function () {
  "use strict";

  // What the reader has opened; the table may be written anew at any time.
  const opened = new Set();
  let shown = null;
  // The row the reader opened last: its address is their own doing and opens nothing again.
  let byHand = null;

  function buttons() {
    return [...document.querySelectorAll(".row-toggle")];
  }

  function detailOf(button) {
    return document.getElementById(button.getAttribute("aria-controls"));
  }

  function show(button, isOpen) {
    button.setAttribute("aria-expanded", String(isOpen));
    detailOf(button).hidden = !isOpen;
  }

  /* The rows of a new table know nothing of what was opened in the old one. */
  function apply() {
    buttons().forEach((button) => show(button, opened.has(keyOf(button))));
  }

  /* A target listed under several departments opens where it was asked for. */
  function keyOf(button) {
    const head = button.closest("tbody").querySelector(".group-name");
    return `${button.dataset.indicator}|${head ? head.textContent : ""}`;
  }

  function openFirst(indicator) {
    const own = buttons().filter((button) => button.dataset.indicator === indicator);
    if (!own.length || own.some((button) => opened.has(keyOf(button)))) {
      return null;
    }
    opened.add(keyOf(own[0]));
    return own[0];
  }

  function wantedIndicator(canonical) {
    return new URLSearchParams(canonical || "").get("indicator");
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlasTargets = {
    /* Filters belong to one plan; what holds for any plan goes along to the next. */
    goToPlan(region, canonical) {
      const before = new URLSearchParams(canonical || "");
      if (!region || region === before.get("region")) {
        return window.dash_clientside.no_update;
      }
      const query = new URLSearchParams({ region });
      ["group", "sort", "lang", "theme"].forEach((word) => query.set(word, before.get(word)));
      return `?${query.toString()}`;
    },

    showOpened(canonical) {
      const region = new URLSearchParams(canonical || "").get("region");
      if (region !== shown) {
        opened.clear();
        byHand = null;
        shown = region;
      }
      // The table of the same answer is drawn a moment later than its query is told.
      setTimeout(() => {
        const indicator = wantedIndicator(canonical);
        const found = indicator && indicator !== byHand ? openFirst(indicator) : null;
        apply();
        // Whoever comes from the map has not asked for a row; the finding stays in view.
        if (found && !new URLSearchParams(window.location.search).has("view")) {
          found.scrollIntoView({ block: "center" });
        }
      }, 0);
      return window.dash_clientside.no_update;
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".row-toggle");
    if (!button) {
      return;
    }
    const isOpen = button.getAttribute("aria-expanded") !== "true";
    opened[isOpen ? "add" : "delete"](keyOf(button));
    show(button, isOpen);
    const share = document.getElementById("share");
    const query = new URLSearchParams(share ? share.dataset.query : window.location.search);
    if (isOpen) {
      byHand = button.dataset.indicator;
      query.set("indicator", button.dataset.indicator);
    } else if (query.get("indicator") === button.dataset.indicator) {
      query.delete("indicator");
    } else {
      return;
    }
    const search = `?${query.toString().replace(/%2F/g, "/").replace(/%2C/g, ",")}`;
    window.dash_clientside.set_props("url", { search });
  });
})();
