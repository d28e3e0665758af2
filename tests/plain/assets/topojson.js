/* The map is drawn from the GeoJSON in its figure alone; without this Plotly asks another host for the outlines of the
   world first, and draws nothing where that host cannot be reached. */
window.PlotlyGeoAssets = {
  topojson: { world_110m: { type: 'Topology', objects: {}, arcs: [] } },
};
