// SPDX-License-Identifier: Apache-2.0
// Shows the codes of the files that are dropped on the page, and how near their Data-Codes are.
import { decompose, distance } from "../lib/index.js";
import { gen_sum_code_v0 } from "../lib/promises.js";

const NEAR = 12; // bits; of unrelated files about 32 differ
const files = [];

function addRow(table, cells, isNear = false) {
    const row = document.querySelector(`#${table} tbody`).insertRow();
    row.className = isNear ? "near" : "";
    for (const cell of cells) {
        row.insertCell().textContent = cell;
    }
}

async function add(file) {
    const { iscc, filesize } = await gen_sum_code_v0(file);
    const dataCode = decompose(iscc)[0];
    addRow("files", [file.name, filesize, iscc]);
    for (const other of files) {
        const bits = distance(dataCode, other.dataCode);
        addRow("pairs", [other.name, file.name, bits], bits <= NEAR);
    }
    files.push({ name: file.name, dataCode });
}

async function addAll(list) {
    const status = document.querySelector("#status");
    for (const file of list) {
        status.textContent = `Reading ${file.name}`;
        try {
            await add(file);
        } catch (error) {
            addRow("files", [file.name, "", error.message]);
        }
    }
    status.textContent = "";
}

const drop = document.querySelector("#drop");
drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    addAll([...event.dataTransfer.files]);
});
document.querySelector("#choose").addEventListener("change", (event) => addAll([...event.target.files]));
document.body.dataset.ready = "true";
