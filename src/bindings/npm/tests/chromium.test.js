// SPDX-License-Identifier: Apache-2.0
// The demo page in headless Chromium: files are dropped on it, and what it shows equals what the program prints.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { test } from "node:test";

const root = "node_modules/libiscc";
const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const browser = process.env.CHROMIUM ?? "chromium";

const list = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
const files = {
    "list.txt": Buffer.from(list.join("")),
    "edited.txt": Buffer.from(list.with?.(10_000, "changed\n").join("") ?? list.join("").replace("line 10000\n", "changed\n")),
    "large.bin": Buffer.alloc(3_000_000, "another content, of several pieces"),
    "empty": Buffer.alloc(0),
};

// Runs in the page beside the demo, in a frame of the same origin.
const script = `
    const frame = document.querySelector("iframe");
    await new Promise((resolve) => (frame.contentDocument?.body?.dataset.ready ? resolve() : (frame.onload = resolve)));
    const page = frame.contentDocument;
    const wait = async (condition) => {
        while (!condition()) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    };
    await wait(() => page.body.dataset.ready);
    const transfer = new DataTransfer();
    for (const name of ${JSON.stringify(Object.keys(files))}) {
        transfer.items.add(new File([await (await fetch("/files/" + name)).arrayBuffer()], name));
    }
    page.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    const rows = (table) => [...page.querySelectorAll("#" + table + " tbody tr")].map(
        (row) => [...row.cells].map((cell) => cell.textContent));
    await wait(() => rows("files").length === ${Object.keys(files).length} && page.querySelector("#status").textContent === "");
    const near = [...page.querySelectorAll("tr.near")].length;
    const { backend } = await import("/lib/index.js");
    await fetch("/result", { method: "POST", body: JSON.stringify({ files: rows("files"), pairs: rows("pairs"), near, backend }) });
`;
const testPage = `<!doctype html><iframe src="/demo/index.html"></iframe><script type="module">
    try { ${script} } catch (error) { await fetch("/result", { method: "POST", body: JSON.stringify({ error: String(error) }) }); }
</script>`;

function serve(receive) {
    return createServer((request, response) => {
        const path = normalize(new URL(request.url, "http://localhost").pathname);
        if (path === "/result") {
            let body = "";
            request.on("data", (part) => (body += part)).on("end", () => receive(JSON.parse(body)));
            response.end();
            return;
        }
        try {
            const isTest = path === "/test.html";
            const content = isTest ? testPage : files[path.slice("/files/".length)] ?? readFileSync(root + path);
            response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
            response.end(content);
        } catch {
            response.writeHead(404).end();
        }
    });
}

/** Opens the page in a browser, and resolves with what it reports. */
async function browse(folder) {
    let report;
    const reported = new Promise((resolve, reject) => (report = { resolve, reject }));
    const server = serve(report.resolve);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${server.address().port}/test.html`;
    const options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${folder}/profile`];
    const child = spawn(browser, [...options, "--remote-debugging-port=0", url], { stdio: "ignore" });
    child.on("error", report.reject).on("exit", () => report.reject(new Error("the browser ended")));
    const timer = setTimeout(() => report.reject(new Error("no report")), 120_000);
    try {
        return await reported;
    } finally {
        clearTimeout(timer);
        const ended = new Promise((resolve) => child.once("exit", resolve));
        if (child.kill("SIGTERM")) {
            await ended;
        }
        server.close();
        server.closeAllConnections();
    }
}

test("the demo page", async () => {
    const folder = mkdtempSync(join(tmpdir(), "libiscc-"));
    for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content);
    }
    const result = await browse(folder);
    assert.equal(result.error, undefined);
    const print = (...options) => execFileSync(process.env.ISCC, options, { cwd: folder, encoding: "utf8" });
    const expected = print("sum", "--json", "--narrow", ...Object.keys(files)).trim().split("\n").map((line) => {
        const { path, filesize, iscc } = JSON.parse(line);
        return [path, String(filesize), iscc];
    });
    assert.deepEqual(result.files, expected);
    assert.equal(result.pairs.length, 6);
    const { distance, decompose } = await import("libiscc");
    const codes = Object.fromEntries(expected.map(([name, , iscc]) => [name, decompose(iscc)[0]]));
    for (const [a, b, bits] of result.pairs) {
        assert.equal(Number(bits), distance(codes[a], codes[b]), `${a} ${b}`);
    }
    assert.equal(result.near, 1); // the list and its edited copy
    assert.equal(result.backend, "simd128");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
