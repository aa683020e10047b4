import { defineConfig } from "vite";

// Each island is an entry of its own; what several share (the map's library, the chart's) becomes a
// chunk that is fetched only where it is used. The server finds the files through the manifest.
const classes = process.env.PLAZA_CLASSES ?? "target/classes";
const islands = ["livemap", "stationchart", "pin", "pilotchart", "tryit", "copy"];

export default defineConfig({
  base: "/portal/assets/",
  publicDir: false,
  build: {
    outDir: `${classes}/plaza/portal/islands`,
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2023",
    chunkSizeWarningLimit: 1500,
    rollupOptions: { input: islands.map((name) => `src/islands/${name}.ts`) },
  },
});
