/*
 * The address is the one state of a page. Controls, clicks on the map and the play button all end
 * in `nextAddress`, which writes the query; everything shown follows from the query.
 */
(function () {
  "use strict";

  const DOUBLE_CLICK_MS = 400;
  const PREFIX = "control-";
  // A control is named after its query word, after the name of its page; one is not.
  const OTHER_WORDS = { language: "lang" };
  const noUpdate = () => window.dash_clientside.no_update;

  // The page on the screen, as the server names it: its path, its language, and the store that
  // takes the query asked of it.
  let page = null;

  // The query already asked of the page before the address said so.
  let askedAhead = null;

  // Whether the first page was compared with the address.
  let started = false;

  // The time of the last click acted on; a page drawn anew reports the old click again.
  let lastEvent = null;

  // The query written last, the starting point of the next change while the server still works;
  // and the canonical query of that moment: another one means that the server has answered since.
  let written = { search: null, canonical: null };

  function wordOf(id) {
    const start = id.lastIndexOf(PREFIX);
    if (start < 0) {
      return null;
    }
    const name = id.slice(start + PREFIX.length);
    return OTHER_WORDS[name] || name;
  }

  function periodsOf(groups) {
    return (groups || []).flatMap((group) => (group.items || [group]).map((item) => item.value));
  }

  /* Options are listed newest first; playing runs forward in time and starts over at the end. */
  function periodAfter(current, groups) {
    const monthly = current.length > 4;
    const periods = periodsOf(groups)
      .filter((value) => value.length > 4 === monthly)
      .reverse();
    if (periods.length < 2) {
      return current;
    }
    return periods[(periods.indexOf(current) + 1) % periods.length];
  }

  function goTo(query, region) {
    query.set("region", region);
    query.delete("level");
    query.delete("selected");
  }

  function applyMapEvent(query, event) {
    if (!event || !event.adcode || event.time === lastEvent) {
      return;
    }
    lastEvent = event.time;
    if (event.drill) {
      goTo(query, event.adcode);
    } else if (query.get("selected") === event.adcode) {
      query.delete("selected");
    } else {
      query.set("selected", event.adcode);
    }
  }

  function applyControl(query, id, value) {
    const word = wordOf(id);
    if (!word || value === undefined) {
      return;
    }
    const text = Array.isArray(value) ? value.join(",") : value || "";
    if ((query.get(word) || "") === text) {
      return;
    }
    if (word === "region") {
      goTo(query, text);
    } else if (text) {
      query.set(word, text);
    } else {
      query.delete(word);
    }
    if (word === "level") {
      query.delete("selected");
    }
  }

  /*
   * The map is painted first; panels and controls follow, so that they never hold it up. Should
   * no painting be reported, they follow all the same.
   */
  const PAINT_MS = 1500;
  let unpainted = null;
  let mapAnswered = false;

  function ask(store, search) {
    window.dash_clientside.set_props(store, { data: search });
    if (store === "asked-map") {
      const asked = { search };
      unpainted = asked;
      mapAnswered = false;
      sendAhead(search);
      setTimeout(() => painted(asked), PAINT_MS);
    }
  }

  function painted(asked) {
    if (unpainted === asked && asked !== null) {
      unpainted = null;
      writeAddress();
      window.dash_clientside.set_props("map-shown", { data: asked.search });
    }
  }

  function writeAddress() {
    if (askedAhead !== null) {
      window.dash_clientside.set_props("url", { search: askedAhead });
    }
  }

  function onMapPlotted() {
    // A map is also drawn again for other reasons, such as another width.
    if (!mapAnswered) {
      return;
    }
    const asked = unpainted;
    requestAnimationFrame(() => requestAnimationFrame(() => painted(asked)));
  }

  /* The server sets the controls to what it made of the address; that is no step of the reader. */
  function echoes(triggered, canonical) {
    const query = new URLSearchParams(canonical || "");
    return triggered.every(({ prop_id: changed, value }) => {
      const word = wordOf(changed.split(".")[0]);
      const text = Array.isArray(value) ? value.join(",") : value || "";
      return word && (query.get(word) || "") === text;
    });
  }

  /* Styles and scripts of the other pages come with the first visit to them. */
  const partsOf = JSON.parse(document.getElementById("page-parts")?.textContent || "{}");
  const loading = new Map();

  function load(address) {
    if (!loading.has(address)) {
      const script = new URL(address, window.location.origin).pathname.endsWith(".js");
      const element = document.createElement(script ? "script" : "link");
      const arrived = new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = reject;
      });
      Object.assign(element, script ? { src: address } : { rel: "stylesheet", href: address });
      document.head.appendChild(element);
      loading.set(address, arrived);
      arrived.catch(() => loading.delete(address));
    }
    return loading.get(address);
  }

  function withParts(pathname, wanted) {
    return Promise.all((partsOf[pathname] || []).map(load)).then(
      () => (window.location.pathname === pathname ? wanted : noUpdate()),
      () => {
        connection(true);
        return noUpdate();
      },
    );
  }

  const atlas = {
    /*
     * Serves every page: what changed is read from the context, so that the inputs may differ.
     * Each page gives its canonical query and the address as states.
     */
    nextAddress() {
      const context = window.dash_clientside.callback_context;
      const search = context.states["url.search"];
      const canonical = context.states["canonical.data"];
      if (canonical !== written.canonical && echoes(context.triggered, canonical)) {
        return noUpdate();
      }
      const start = askedAhead || (search && search === written.search ? search : canonical);
      const query = new URLSearchParams(start || "");
      context.triggered.forEach(({ prop_id: changed, value }) => {
        const id = changed.split(".")[0];
        if (id === "map-event") {
          applyMapEvent(query, value);
        } else if (id === "play-timer") {
          // A page just drawn reports its timer too, before the first tick.
          if (!value) {
            return;
          }
          const periods = context.states["control-period.data"];
          query.set("period", periodAfter(query.get("period") || "", periods));
        } else {
          applyControl(query, id, value);
        }
      });
      const next = `?${query.toString().replace(/%2F/g, "/").replace(/%2C/g, ",")}`;
      if (next === start) {
        return noUpdate();
      }
      written = { search: next, canonical };
      // The answer need not wait for the address; another language is another page, though.
      if (page && page.path === window.location.pathname && query.get("lang") === page.lang) {
        askedAhead = next;
        ask(page.asked, next);
        if (page.asked === "asked-map") {
          // Nor need the map: writing the address takes as long as drawing.
          return noUpdate();
        }
      }
      return next;
    },

    togglePlay(clicks, disabled) {
      const button = document.getElementById("control-play");
      button.setAttribute("aria-label", disabled ? button.dataset.pause : button.dataset.play);
      return [!disabled, disabled ? "❚❚" : "▶"];
    },

    /* Another path or language needs the whole page; anything else only its numbers. */
    wantedPage(pathname, search, rendered, canonical) {
      const query = new URLSearchParams(search || "");
      const lang = query.get("lang") || new URLSearchParams(canonical || "").get("lang");
      const shown = rendered || {};
      // The server drew the first page for the address it was told; a browser that keeps its
      // address to itself got the default view instead.
      const first = !started;
      started = true;
      if (first && rendered && rendered.search !== (search || "").replace(/^\?/, "")) {
        return `${pathname}${search || ""}`;
      }
      const known = ["zh", "en"].includes(lang) ? lang : shown.lang;
      if (!rendered) {
        return noUpdate();
      }
      if (pathname === shown.path && known === shown.lang) {
        if (!first && askedAhead !== search) {
          ask(shown.asked, search || "");
        }
        askedAhead = null;
        return noUpdate();
      }
      // The data page has a script that the others do without, so it is loaded whole.
      if (pathname !== shown.path && [pathname, shown.path].includes("/data")) {
        window.location.reload();
        return noUpdate();
      }
      return withParts(pathname, `${pathname}${search || ""}`);
    },

    pageShown(rendered) {
      const { pathname, search } = window.location;
      // What the reader chose while the page was on its way.
      const late = page && rendered.path === pathname && rendered.search !== search.slice(1);
      page = rendered;
      document.getElementById("not-started")?.remove();
      if (late) {
        ask(page.asked, search);
      }
      document.title = rendered.title;
      return rendered.title;
    },

    /* A hit of the search box is an address; the box is empty again afterwards. */
    goToAddress(address) {
      if (!address) {
        return [noUpdate(), noUpdate(), noUpdate()];
      }
      const target = new URL(address, window.location.origin);
      return [target.pathname, target.search, null];
    },

    /* The table is asked for only while somebody looks at it. */
    wantedTable(isOpen, canonical) {
      return isOpen ? canonical : noUpdate();
    },

    applyTheme(canonical) {
      const theme = new URLSearchParams(canonical || "").get("theme") || "light";
      return [theme, theme];
    },
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = atlas;

  /* Options match by what they show, by their code, and by keywords that say neither again. */
  window.dashMantineFunctions = window.dashMantineFunctions || {};
  window.dashMantineFunctions.atlasFilter = ({ options, search }) => {
    const wanted = search.trim().toLowerCase();
    const matches = ({ label, value, keywords = "" }) =>
      [label, value, value.replaceAll("_", " "), keywords].join(" ").toLowerCase().includes(wanted);
    return options
      .map((option) =>
        option.items ? { ...option, items: option.items.filter(matches) } : option,
      )
      .filter((option) => (option.items ? option.items.length > 0 : matches(option)));
  };

  /* The server already chose what fits. */
  window.dashMantineFunctions.atlasKeepAll = ({ options }) => options;

  /* ---- the map's request leaves before Dash has come round to it ---- */

  const plainFetch = window.fetch;
  // What Dash asked for the map last: the next request differs in its values only.
  let lastMapRequest = null;
  let sentAhead = null;

  function sendAhead(search) {
    if (!lastMapRequest) {
      return;
    }
    const [resource, options] = lastMapRequest;
    const asked = JSON.parse(options.body);
    asked.inputs[0].value = search;
    asked.state[0].value = window.dash_component_api.getLayout("map-drawn")?.props.data;
    const body = JSON.stringify(asked);
    sentAhead = { body, answer: plainFetch(resource, { ...options, body }) };
    // Whoever takes the answer hears of its failure.
    sentAhead.answer.catch(() => {});
  }

  /* Another request than the one foreseen is sent as Dash made it. */
  function mapAnswer(resource, options) {
    const ahead = sentAhead;
    sentAhead = null;
    lastMapRequest = [resource, options];
    return ahead && ahead.body === options.body ? ahead.answer : plainFetch(resource, options);
  }

  const asksForMap = (options) => String(options && options.body).includes('"output":"..map.figure');

  /* ---- a lost connection is said, and unsaid when it is back ---- */

  function connection(lost) {
    const line = document.getElementById("connection");
    if (line) {
      line.hidden = !lost;
    }
  }
  /*
   * An answer made from newer data than the page must not be mixed into it: it is put aside, and
   * the whole page is asked for anew. Its own answer is the one that may differ.
   */
  const RENEW_MS = 5000;
  let renewing = null;

  function put(response, options) {
    if (asksForMap(options)) {
      mapAnswered = true;
    }
    const version = response.headers.get("X-Data-Version");
    const isPage = String(options && options.body).includes('"output":"page.children"');
    if (!page || !version || version === page.version || isPage) {
      return response;
    }
    unpainted = null;
    // Another path brings a page of the new version by itself.
    if (renewing !== version && window.location.pathname === page.path) {
      renewing = version;
      // Should the page not come, the next answer asks for it again.
      setTimeout(() => {
        renewing = null;
      }, RENEW_MS);
      const { pathname } = window.location;
      const search = askedAhead || window.location.search;
      writeAddress();
      window.dash_clientside.set_props("page-wanted", { data: `${pathname}${search}#${version}` });
    }
    return new Response(null, { status: 204 });
  }

  /* An answer that takes long is seen to be awaited. */
  const NOTICEABLE_MS = 300;
  let awaited = 0;
  let noticed = null;

  function awaiting(change) {
    awaited += change;
    clearTimeout(noticed);
    if (awaited > 0) {
      noticed = setTimeout(() => {
        document.documentElement.dataset.busy = "yes";
      }, NOTICEABLE_MS);
    } else {
      delete document.documentElement.dataset.busy;
    }
  }

  /* A script that does not arrive says the same by its tag. */
  function notStarted() {
    const said = document.getElementById("not-started");
    if (said) {
      said.hidden = false;
    }
  }

  window.fetch = (resource, options) => {
    const address = typeof resource === "string" ? resource : resource.url;
    const send = asksForMap(options) ? mapAnswer : plainFetch;
    const answer = send(resource, options);
    if (address.includes("_dash-layout") || address.includes("_dash-dependencies")) {
      answer.then(
        (response) => response.ok || notStarted(),
        () => notStarted(),
      );
    }
    if (!address.includes("_dash-update-component")) {
      return answer;
    }
    awaiting(1);
    answer
      .then(
        (response) => connection(response.status >= 502),
        () => connection(true),
      )
      .finally(() => awaiting(-1));
    return answer.then((response) => put(response, options));
  };

  /* ---- clicks on map and ranking ---- */

  let lastClick = { adcode: null, time: 0 };

  function codeOf(point) {
    return point.location || point.id || null;
  }

  function onClick(data) {
    const adcode = codeOf(data.points[0]);
    if (!adcode) {
      return;
    }
    const now = performance.now();
    const drill = lastClick.adcode === adcode && now - lastClick.time < DOUBLE_CLICK_MS;
    lastClick = { adcode, time: now };
    // The time makes each event differ from the one before, so that none is swallowed.
    window.dash_clientside.set_props("map-event", { data: { adcode, drill, time: now } });
  }

  document.addEventListener("graph-ready", ({ target: graph }) => {
    if (graph.closest("#map, #ranking")) {
      graph.on("plotly_click", onClick);
    }
    if (graph.closest("#map")) {
      graph.on("plotly_afterplot", onMapPlotted);
    }
  });
})();
