/* The data page: searching in a table, and links inside its cells. */
(function () {
  "use strict";

  const noUpdate = () => window.dash_clientside.no_update;

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlasData = {
    /* The grid on the page searches at once; the address follows by itself. */
    search(text, grids) {
      return (grids || []).map((options) => ({ ...options, quickFilterText: text || "" }));
    },

    /*
     * Only what the address does not say yet is written into it: a field that follows the address,
     * or appears with it, must not take it back to the tab before.
     */
    found(text) {
      const query = new URLSearchParams(window.location.search);
      const wanted = (text || "").trim();
      if ((query.get("find") || "") === wanted) {
        return noUpdate();
      }
      if (wanted) {
        query.set("find", wanted);
      } else {
        query.delete("find");
      }
      return `?${query.toString().replace(/%2F/g, "/")}`;
    },

    /* Going back brings the old search; what somebody is typing stays. */
    typed(search, shown) {
      const field = document.getElementById("control-find");
      const wanted = new URLSearchParams(search || "").get("find") || "";
      const typing = field && document.activeElement === field;
      return typing || wanted === (shown || "").trim() ? noUpdate() : wanted;
    },
  };

  const isWeb = (url) => /^https?:\/\//.test(url || "");

  window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};

  /* A document with its address; Enter on the cell follows the link, as a click does. */
  window.dashAgGridComponentFunctions.AtlasSource = function AtlasSource(props) {
    const { url } = props.data;
    if (!isWeb(url)) {
      return props.value;
    }
    return window.React.createElement(
      "a",
      { href: url, target: "_blank", rel: "noopener", tabIndex: -1 },
      props.value,
    );
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".data-grid [role='gridcell']")) {
      return;
    }
    const link = event.target.querySelector("a[href]");
    if (link) {
      link.click();
    }
  });
})();
