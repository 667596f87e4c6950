/* What a page does by itself, without the server: drawer, fields, paper, and the link to share. */
(function () {
  "use strict";

  /* ---- controls in a drawer on small screens ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".drawer-button");
    if (button) {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
    }
  });

  /* ---- the table behind the map ---- */

  // "toggle" does not bubble, so it is caught on its way down.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id === "map-table-box") {
        window.dash_clientside.set_props("map-table-open", { data: event.target.open });
      }
    },
    true,
  );

  /* ---- searching in the controls: typing replaces the name that stands there ---- */

  const SEARCHABLE = "#control-region, #control-indicator, #search";
  let entered = null;

  document.addEventListener("focusin", (event) => {
    if (event.target.matches(SEARCHABLE)) {
      entered = event.target;
      setTimeout(() => event.target.select(), 0);
    }
  });

  // The click that brought the focus ends after it, and may take the mark away again.
  document.addEventListener("click", (event) => {
    if (entered && event.target === entered) {
      entered.select();
    }
    entered = null;
  });

  /* ---- paper: charts are drawn for its width, and for the screen again afterwards ---- */

  // 186 mm between the margins of an A4 sheet.
  const PAPER_WIDTH = 700;
  let onScreen = [];

  window.addEventListener("beforeprint", () => {
    onScreen = [...document.querySelectorAll(".js-plotly-plot")].filter((graph) => graph.layout);
    const sizes = onScreen.map((graph) => {
      const card = graph.closest(".card").getBoundingClientRect();
      const { width, height } = graph.getBoundingClientRect();
      return { scale: PAPER_WIDTH / card.width, width, height };
    });
    onScreen.forEach((graph, index) => {
      const { scale, width, height } = sizes[index];
      graph.screenSize = { width: graph.layout.width, height: graph.layout.height };
      const onPaper = { width: Math.floor(width * scale) };
      if (graph.layout.geo) {
        onPaper.height = Math.floor(height * scale);
      }
      window.Plotly.relayout(graph, onPaper);
    });
  });

  window.addEventListener("afterprint", () => {
    onScreen.forEach((graph) => {
      const { width = null, height = null } = graph.screenSize;
      window.Plotly.relayout(graph, { width, height, autosize: true });
    });
    onScreen = [];
  });

  /* ---- sharing ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#share");
    if (!button) {
      return;
    }
    const address = `${window.location.origin}${window.location.pathname}${button.dataset.query}`;
    copy(address).then(() => {
      button.textContent = button.dataset.done;
      const status = document.getElementById("status");
      if (status) {
        status.textContent = button.dataset.done;
      }
    });
  });

  /* An intranet address without https has no clipboard; the old way still works there. */
  function copy(address) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(address);
    }
    const field = document.createElement("textarea");
    field.value = address;
    document.body.appendChild(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    return Promise.resolve();
  }
})();
