/*
 * Plotly's geo subplot asks a server on the internet for a base map before it draws anything,
 * even when every polygon comes from its own geometry. An empty base map, present beforehand,
 * keeps the page working with the network cable cut.
 */
(function () {
  "use strict";
  const empty = { type: "GeometryCollection", geometries: [] };
  const objects = {};
  ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"].forEach((name) => {
    objects[name] = empty;
  });
  const topology = { type: "Topology", arcs: [], objects };
  window.PlotlyGeoAssets = window.PlotlyGeoAssets || {};
  const known = window.PlotlyGeoAssets.topojson || {};
  window.PlotlyGeoAssets.topojson = known;
  ["world", "asia"].forEach((scope) => {
    known[`${scope}_110m`] = topology;
    known[`${scope}_50m`] = topology;
  });
})();
