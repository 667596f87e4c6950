/* The comparison page: buttons of the ranking, and maps that share one geometry. */
(function () {
  "use strict";

  // The button pressed last: its table is drawn anew, and the keyboard goes on from there.
  let pressed = null;

  function restoreFocus() {
    const button = pressed && document.getElementById(pressed);
    if (button && document.activeElement === document.body) {
      button.focus({ preventScroll: true });
    }
  }

  new MutationObserver(restoreFocus).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.id !== pressed) {
      pressed = null;
    }
    // Typing replaces the name that stands in the field.
    if (event.target.matches("#compare-control-indicator, #compare-control-region")) {
      setTimeout(() => event.target.select(), 0);
    }
  });

  document.addEventListener("pointerdown", () => {
    pressed = null;
  });

  /* Buttons in the ranking write their word the way controls do. */
  document.addEventListener("click", (event) => {
    const sort = event.target.closest("[data-sort]");
    if (sort) {
      pressed = sort.id;
      window.dash_clientside.set_props("compare-control-sort", { data: sort.dataset.sort });
    }
    const pick = event.target.closest("[data-select]");
    if (pick) {
      pressed = pick.id;
      const chosen = pick.getAttribute("aria-pressed") === "true";
      const code = chosen ? "" : pick.dataset.select;
      window.dash_clientside.set_props("compare-control-selected", { data: code });
    }
  });

  // Geometry asked for, by address: several maps wait for one answer, however long it takes.
  const asked = new Map();

  function geometry(address) {
    if (!asked.has(address)) {
      const answer = window.fetch(address).then((response) => {
        if (!response.ok) {
          throw new Error(`${response.status} ${address}`);
        }
        return response.json();
      });
      answer.catch(() => asked.delete(address));
      asked.set(address, answer);
    }
    return asked.get(address);
  }

  /* Plotly looks here before it asks for an address; a fragment only names another use of it. */
  async function provide(address) {
    const assets = (window.PlotlyGeoAssets = window.PlotlyGeoAssets || {});
    if (!assets[address] || assets[address] === "pending") {
      assets[address] = await geometry(address.split("#")[0]);
    }
  }

  const SLOTS = 6;

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlasCompare = {
    /* Draws only when all geometry is there, so that no map gives up waiting for another. */
    async drawMaps(made) {
      const keep = window.dash_clientside.no_update;
      const figures = (made && made.figures) || [];
      await Promise.all(((made && made.addresses) || []).map(provide));
      return Array.from({ length: SLOTS }, (_, index) => figures[index] || keep);
    },
  };
})();
