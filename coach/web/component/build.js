// Builds coach/web/static/deal-coach.js, the component in one file, from what is here and in ../static.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const options = {
  absWorkingDir: folder,
  entryPoints: ["element.js"],
  outfile: process.argv[2] ?? "../static/deal-coach.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
};

// What it is made of, so that one that is out of date can be told without this bundler.
const { metafile } = await build({ ...options, metafile: true, write: false });
const own = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules"));
const hash = createHash("sha256");
for (const path of [...own, "build.js", "package-lock.json"].sort()) hash.update(readFileSync(`${folder}${path}`));
await build({ ...options, banner: { js: `/* <deal-coach> of Coach; sources ${hash.digest("hex")} */` } });
