/*
 * A frame says that its chart is on its way, drawn, or did not come. Charts and tables are found
 * as they appear; the others hear of a chart by the event "graph-ready" on it.
 */
(function () {
  "use strict";

  function say(frame, state) {
    if (!frame || frame.dataset.state === state) {
      return;
    }
    frame.dataset.state = state;
    const note = frame.querySelector(".frame-note");
    if (state !== "failed") {
      note.replaceChildren();
      return;
    }
    const again = document.createElement("button");
    again.className = "quiet-button";
    again.textContent = note.dataset.reload;
    again.addEventListener("click", () => window.location.reload());
    const words = document.createElement("p");
    words.append(note.dataset.failed, again);
    note.replaceChildren(words);
  }

  /*
   * Plotly fetches geometry by itself and reports a plot without waiting for it; until it is
   * there the old map stays, and where it does not come nothing is drawn without a word.
   */
  const geometry = new Map();

  function sayPlot(graph) {
    const states = (graph.data || []).map((trace) => geometry.get(trace.geojson));
    const worst = ["failed", "waiting"].find((state) => states.includes(state));
    say(graph.closest("[data-frame]"), worst || "drawn");
  }

  function sayMaps(address, state) {
    geometry.set(address, state);
    document.querySelectorAll('[data-frame="map"] .js-plotly-plot').forEach((graph) => {
      if ((graph.data || []).some((trace) => trace.geojson === address)) {
        sayPlot(graph);
      }
    });
  }

  const { open } = window.XMLHttpRequest.prototype;
  window.XMLHttpRequest.prototype.open = function (method, address, ...others) {
    if (String(address).startsWith("/geo/")) {
      sayMaps(address, "waiting");
      // Before Plotly hears of it: it draws at once.
      this.addEventListener("load", () => {
        sayMaps(address, this.status === 200 ? "here" : "failed");
      });
      this.addEventListener("error", () => sayMaps(address, "failed"));
    }
    return open.call(this, method, address, ...others);
  };

  // The scripts that draw come after the page.
  window.addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement) {
        document.querySelectorAll("[data-frame]:not([data-state])").forEach((frame) => {
          say(frame, "failed");
        });
      }
    },
    true,
  );

  /* ---- charts and tables as they appear ---- */

  function listen(graph) {
    if (graph.dataset.listening || typeof graph.on !== "function") {
      return;
    }
    graph.dataset.listening = "yes";
    graph.on("plotly_afterplot", () => sayPlot(graph));
    graph.dispatchEvent(new Event("graph-ready", { bubbles: true }));
  }

  function watch() {
    document.querySelectorAll(".js-plotly-plot").forEach(listen);
    document.querySelectorAll(".ag-root").forEach((table) => {
      say(table.closest("[data-frame]"), "drawn");
    });
  }

  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
})();
