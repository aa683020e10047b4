/** Runs a request with the visitor's key, in the browser: what a builder's own program would see. */
const LONGEST = 20_000;

function part<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

function start(): void {
  const box = document.getElementById("tryit");
  if (!box) return;
  const origin = box.dataset.origin ?? location.origin;
  const sample = part<HTMLSelectElement>("try-sample");
  const path = part<HTMLTextAreaElement>("try-path");
  const key = part<HTMLInputElement>("try-key");
  const run = part<HTMLButtonElement>("try-run");
  run.hidden = false;

  const shown = document.getElementById("new-key");
  if (shown) key.value = shown.textContent ?? "";

  const write = () => {
    const url = `${origin}${path.value.trim()}`;
    part("try-curl").textContent = `curl -H "X-API-Key: $PLAZA_KEY" \\\n  "${url}"`;
    part("try-js").textContent =
      `const answer = await fetch(\n  "${url}",\n  { headers: { "X-API-Key": process.env.PLAZA_KEY } },\n);\n` +
      "console.log(answer.status, await answer.json());";
  };
  sample.addEventListener("change", () => {
    path.value = sample.value;
    write();
  });
  path.addEventListener("input", write);
  run.addEventListener("click", () => void answer(path.value.trim(), key.value.trim(), run));
}

async function answer(path: string, key: string, run: HTMLButtonElement): Promise<void> {
  const status = part("try-status");
  const body = part("try-body");
  if (!path.startsWith("/") || path.startsWith("//")) {
    tell(status, false, "A path begins with one slash, such as /ngsi-ld/v1/types.");
    return;
  }
  run.disabled = true;
  const began = performance.now();
  try {
    const response = await fetch(path, {
      headers: key ? { "X-API-Key": key, Accept: "application/json" } : { Accept: "application/json" },
      // As a program elsewhere would ask: without the session of this browser.
      credentials: "omit",
    });
    const text = await response.text();
    const took = Math.round(performance.now() - began);
    tell(status, response.ok, `${response.status} ${response.statusText} in ${took} ms`);
    const shown = pretty(text);
    body.textContent = shown.length > LONGEST ? `${shown.slice(0, LONGEST)}\n…` : shown;
  } catch (trouble) {
    tell(status, false, `The request did not reach the server: ${String(trouble)}`);
    body.textContent = "";
  } finally {
    run.disabled = false;
  }
}

function tell(status: HTMLElement, good: boolean, words: string): void {
  status.textContent = words;
  status.classList.toggle("good", good);
  status.classList.toggle("bad", !good);
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

start();

export {};
